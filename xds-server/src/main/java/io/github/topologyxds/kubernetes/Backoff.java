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
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final ExponentialDelay AWAY = new ExponentialDelay(FIRST, Duration.ofMillis(600));
  private static final ExponentialDelay REFUSED =
      new ExponentialDelay(FIRST, Duration.ofSeconds(8));

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
    ExponentialDelay delay = kind == ApiFailure.Kind.UNAVAILABLE ? AWAY : REFUSED;
    long full = delay.after(failures, Duration.ZERO).toMillis();
    // Replicas and kinds that failed together must not come back together.
    Duration wait = Duration.ofMillis(full / 2 + RandomGenerator.getDefault().nextLong(full / 2));
    return wait.compareTo(atLeast) < 0 ? atLeast : wait;
  }

  /** A try has gone well: the next failure is the first again. */
  public void reset() {
    last = null;
  }
}
