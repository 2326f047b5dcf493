package io.github.topologyxds.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Walks the fields of an encoded message where it lies. */
final class WireCursor {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int next;
  private int tagAt;
  private int field;
  private int from;

  WireCursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.next = from;
    this.end = end;
  }

  /** Steps to the next field; false at the end. */
  boolean next() {
    if (next >= end) {
      return false;
    }
    tagAt = next;
    long tag = varint();
    field = (int) (tag >>> 3);
    switch ((int) tag & 7) {
      case VARINT -> {
        from = next;
        varint();
      }
      case BYTES -> {
        int length = (int) varint();
        from = next;
        next += length;
      }
      case FIXED64 -> {
        from = next;
        next += Long.BYTES;
      }
      case FIXED32 -> {
        from = next;
        next += Integer.BYTES;
      }
      default -> throw new IllegalArgumentException("not protobuf");
    }
    return true;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[next++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  int field() {
    return field;
  }

  /** Where the field's tag is. */
  int tagAt() {
    return tagAt;
  }

  /** A walk through the field's own message. */
  WireCursor inside() {
    return new WireCursor(bytes, from, next);
  }

  String text() {
    return new String(bytes, from, next - from, StandardCharsets.UTF_8);
  }

  /** Returns the first field of this number as a walk through it; an empty one if there is none. */
  WireCursor find(int number) {
    while (next()) {
      if (field == number) {
        return inside();
      }
    }
    return new WireCursor(bytes, end, end);
  }

  /** What is left, as text. */
  String rest() {
    return new String(bytes, next, end - next, StandardCharsets.UTF_8);
  }
}
