package io.github.topologyxds.slices.writer;

import java.time.Duration;

/**
 * The API server does not take writes just now: none is tried for a while, whatever its Service.
 * Owned by the thread "slice-writer".
 */
final class Outage {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final int DOUBLINGS = 5;

  private int failures;
  private long until;

  boolean isOver(long now) {
    return failures == 0 || now - until >= 0;
  }

  /** One more failure; returns when to try again: 0.5 s, doubled up to 16 s, or as asked for. */
  long prolong(long now, Duration atLeast) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
    failures++;
    until = now + (wait.compareTo(atLeast) < 0 ? atLeast : wait).toNanos();
    return until;
  }

  void end() {
    failures = 0;
  }
}
