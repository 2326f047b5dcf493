package io.github.topologyxds.e2e.bench;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting that ends as soon as it can. */
public final class Wait {
  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration LAST = Duration.ofMillis(100);

  private Wait() {}

  /** For what takes milliseconds and must not take longer than 15 s. */
  public static ConditionFactory until(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(15))
        .pollDelay(Duration.ZERO)
        .pollInterval((poll, before) -> next(before));
  }

  /** What is not there soon is looked for less often: to look costs both sides. */
  private static Duration next(Duration before) {
    Duration longer = before.multipliedBy(5).dividedBy(4);
    if (longer.compareTo(FIRST) < 0) {
      return FIRST;
    }
    return longer.compareTo(LAST) < 0 ? longer : LAST;
  }
}
