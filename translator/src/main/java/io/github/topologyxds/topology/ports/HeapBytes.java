package io.github.topologyxds.topology.ports;

/** What strings take of the heap: computed, in bytes. */
public final class HeapBytes {
  /** A String and the header of its array. */
  private static final int STRING = 24 + 16;

  private static final int ALIGNMENT = 8;
  private static final char MAX_OF_ONE_BYTE = 0xff;

  private HeapBytes() {}

  /** Returns what a string takes; "" is shared. */
  public static long of(String text) {
    return text.isEmpty() ? 0 : ofLength((long) text.length() * (isLatin(text) ? 1 : 2));
  }

  /** Returns what a string takes whose characters are so many bytes. */
  static long ofLength(long bytes) {
    return STRING + (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The JVM keeps such a string in one byte a character (JEP 254). */
  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > MAX_OF_ONE_BYTE) {
        return false;
      }
    }
    return true;
  }
}
