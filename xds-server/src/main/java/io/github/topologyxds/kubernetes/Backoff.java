package io.github.topologyxds.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try: doubles from 0.25 s, minus up to a half.
 *
 * <p>Failures of another kind begin anew: a server that was away and now refuses has come back. One
 * that is away is asked at least every 0.6 s, by a LIST of one object or by a watch: so that at
 * most a second passes until it is known to be back, and a try costs next to nothing.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 250;
  private static final long MAX_AWAY_MILLIS = 600;
  private static final long MAX_MILLIS = 8_000;
  private static final int DOUBLINGS = 5;

  // Owner: the reflector's thread.
  private int failures;
  private ApiFailure.@Nullable Kind last;

  /**
   * Returns the time to wait after one more failure.
   *
   * @param atLeast what the server asked for
   */
  public Duration next(ApiFailure.Kind kind, Duration atLeast) {
    failures = kind == last ? failures + 1 : 0;
    last = kind;
    long atMost = kind == ApiFailure.Kind.UNAVAILABLE ? MAX_AWAY_MILLIS : MAX_MILLIS;
    long full = Math.min(FIRST_MILLIS << Math.min(failures, DOUBLINGS), atMost);
    // Replicas and kinds that failed together must not come back together.
    Duration wait = Duration.ofMillis(full / 2 + RandomGenerator.getDefault().nextLong(full / 2));
    return wait.compareTo(atLeast) < 0 ? atLeast : wait;
  }

  public void reset() {
    last = null;
  }
}
