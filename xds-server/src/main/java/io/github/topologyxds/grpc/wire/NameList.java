package io.github.topologyxds.grpc.wire;

import java.util.Arrays;

/**
 * The names of a state-of-the-world request as they came, encoded. Compared by bytes: a client
 * repeats all its names in every ACK, and they are nearly always the same.
 */
public final class NameList {
  private final byte[] bytes;
  private final int hash;

  /** Keeps the bytes, which must not change any more. */
  public NameList(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  int length() {
    return bytes.length;
  }

  /** Returns whether these very bytes stand here. */
  boolean standsAt(byte[] message, int from, int end) {
    return bytes.length <= end - from
        && Arrays.equals(bytes, 0, bytes.length, message, from, from + bytes.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NameList list && Arrays.equals(bytes, list.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
