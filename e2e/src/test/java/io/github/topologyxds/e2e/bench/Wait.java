package io.github.topologyxds.e2e.bench;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting that ends as soon as it can. */
public final class Wait {
  private Wait() {}

  /** For what takes milliseconds and must not take longer than 15 s. */
  public static ConditionFactory until(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(15))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10));
  }
}
