package io.github.topologyxds.shifts;

import java.time.Instant;

/**
 * A ZonalShift at one moment.
 *
 * @param percent of its share that its zone gets by it: 100 where it does nothing
 * @param why one line for people
 * @param until when the phase or the percentage is another one; {@link Instant#MAX}: not by itself
 */
public record JudgedShift(
    ZonalShift shift, ShiftPhase phase, int percent, String why, Instant until) {
  private static final int ALL = 100;

  /** True while it takes something from its zone. */
  public boolean acts() {
    return percent < ALL;
  }
}
