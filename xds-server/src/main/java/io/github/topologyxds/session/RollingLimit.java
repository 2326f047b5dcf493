package io.github.topologyxds.session;

import java.util.ArrayDeque;
import java.util.Deque;

/** So many in any second, wherever it begins. Owner: whoever holds the lock of what it limits. */
final class RollingLimit {
  private static final long SECOND = 1_000_000_000;

  private final int most;
  private final Deque<Long> admittedAt = new ArrayDeque<>();

  RollingLimit(int most) {
    this.most = most;
  }

  /** Returns whether there is room for one more at this time, in nanoseconds; then it counts. */
  boolean admits(long nanos) {
    while (!admittedAt.isEmpty() && nanos - admittedAt.getFirst() >= SECOND) {
      admittedAt.removeFirst();
    }
    if (admittedAt.size() == most) {
      return false;
    }
    admittedAt.addLast(nanos);
    return true;
  }
}
