package io.github.topologyxds.grpc.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Where a loop reads requests, one after the other: a state-of-the-world ACK of 1,000 names is up
 * to 45 kB, and a thousand clients send one for each change.
 *
 * <p>Owner: the loop.
 */
public final class RequestBuffer {
  /** A load report of an Envoy with a hundred Services in use is 70 kB. */
  private static final int USUAL = 128 << 10;

  private byte[] bytes = new byte[USUAL];
  private int length;

  /** Reads a whole request; what was here before is gone. */
  public void read(InputStream in) throws IOException {
    if (bytes.length > USUAL) {
      // One client's long request must not stay with the loop.
      bytes = new byte[USUAL];
    }
    int available = in.available();
    if (available > bytes.length) {
      bytes = new byte[available];
    }
    length = 0;
    for (int n = in.readNBytes(bytes, 0, bytes.length); n > 0; ) {
      length += n;
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      n = in.readNBytes(bytes, length, bytes.length - length);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
