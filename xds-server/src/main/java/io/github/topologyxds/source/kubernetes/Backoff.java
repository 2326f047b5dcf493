package io.github.topologyxds.source.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubles from 0.25 s to 8 s, minus up to a half. */
final class Backoff {
  private static final long FIRST_MILLIS = 250;
  private static final int DOUBLINGS = 5;

  // Owner: the reflector's thread.
  private int failures;

  /**
   * Returns the time to wait after one more failure.
   *
   * @param atLeast what the server asked for
   */
  Duration next(Duration atLeast) {
    long full = FIRST_MILLIS << Math.min(failures, DOUBLINGS);
    failures++;
    // Replicas and kinds that failed together must not come back together.
    Duration wait = Duration.ofMillis(full / 2 + RandomGenerator.getDefault().nextLong(full / 2));
    return wait.compareTo(atLeast) < 0 ? atLeast : wait;
  }

  void reset() {
    failures = 0;
  }
}
