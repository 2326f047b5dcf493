package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.ExponentialDelay;
import java.time.Duration;

/**
 * The API server does not take writes just now: none is tried for a while, whatever its Service.
 * Owned by the thread "slice-writer".
 */
final class Outage {
  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofMillis(500), Duration.ofSeconds(16));

  private int failures;
  private long until;

  boolean isOver(long now) {
    return failures == 0 || now - until >= 0;
  }

  /** One more failure; returns when to try again: 0.5 s, doubled up to 16 s, or as asked for. */
  long prolong(long now, Duration atLeast) {
    until = now + DELAY.after(failures, atLeast).toNanos();
    failures++;
    return until;
  }

  void end() {
    failures = 0;
  }
}
