package io.github.topologyxds.kubernetes;

import java.time.Duration;

/**
 * How long the API server is waited for.
 *
 * @param answer for a whole answer
 * @param watchOpens until a watch is agreed to
 * @param watch after which a watch is asked to end, in whole seconds
 * @param watchInDoubt the same for the first watch after a failure: a quiet collection says nothing
 *     until its watch ends, and a server that is back shall be known to be back
 * @param grace after which a watch is given up that should have ended
 */
public record ApiLimits(
    Duration answer, Duration watchOpens, Duration watch, Duration watchInDoubt, Duration grace) {
  static final ApiLimits STANDARD =
      new ApiLimits(
          // A page of 250 full slices is 75 MB of JSON.
          Duration.ofSeconds(30),
          // The API server answers a watch with its headers at once.
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));

  /**
   * Returns after which time the HTTP client drops the connection of a watch that was never agreed
   * to, which would stay open otherwise. Longer than a watch lives: from JDK 26 on the limit covers
   * the body too.
   */
  Duration watchConnection() {
    return watch.plus(grace).plus(grace);
  }
}
