package io.github.topologyxds.source.files;

/** How long a file that has changed was left alone before it is read. */
enum Rest {
  /**
   * Some milliseconds, after the last notification: long enough for one write, or for several in a
   * row. What then reads as if it were half written is left alone for longer.
   */
  BRIEF,

  /** As long as anybody waits for a writer: what stands there counts, however it reads. */
  LONG
}
