package io.github.topologyxds.serve;

import java.util.Deque;

/** How what was started is closed: last first, and all of it. */
final class Closing {
  private Closing() {}

  /** Closes them all; a part that does not close keeps no other from it. */
  static void all(Deque<AutoCloseable> parts) {
    IllegalStateException failure =
        new IllegalStateException("a part of the control plane does not close");
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
