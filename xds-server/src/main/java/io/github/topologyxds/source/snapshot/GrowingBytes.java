package io.github.topologyxds.source.snapshot;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes in memory for one writer: without the lock that the JDK's takes for each byte. */
final class GrowingBytes extends OutputStream {
  private byte[] bytes = new byte[1 << 20];
  private int size;

  @Override
  public void write(int next) {
    reserve(1);
    bytes[size] = (byte) next;
    size++;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  void writeInt(int next) {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      write(next >>> shift);
    }
  }

  void writeLong(long next) {
    writeInt((int) (next >>> Integer.SIZE));
    writeInt((int) next);
  }

  /** Seven bits a byte, the low ones first. */
  void writeSize(int next) {
    int rest = next;
    while (rest > 0x7f) {
      write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }

  /** Returns a view of what was written. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
