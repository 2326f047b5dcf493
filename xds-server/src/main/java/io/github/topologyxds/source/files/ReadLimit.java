package io.github.topologyxds.source.files;

import java.time.Duration;

/**
 * What one file may cost. Of a text the parser and the objects take sixteen times its size, so that
 * one file may be a 32nd of the heap.
 *
 * @param bytes the largest file
 * @param time how long reading it may take: a network file system that is gone, a kernel's log
 */
record ReadLimit(long bytes, Duration time) {
  private static final int SHARE_OF_HEAP = 32;
  private static final long MAX_BYTES = 128L << 20;
  private static final long BYTES =
      Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

  /** For a folder that is followed: whatever lies in it must not hold up the others. */
  static final ReadLimit IN_A_FOLDER = new ReadLimit(BYTES, Duration.ofSeconds(2));

  /** For what is named on the command line, perhaps a pipe from {@code kubectl get}. */
  static final ReadLimit BY_NAME = new ReadLimit(BYTES, Duration.ofMinutes(2));

  String tooLarge() {
    return "larger than %d MB, which is what one file may have of a heap of %d MB"
            .formatted(bytes >> 20, Runtime.getRuntime().maxMemory() >> 20)
        + "; split it, or give more memory (JAVA_OPTS=-Xmx...)";
  }
}
