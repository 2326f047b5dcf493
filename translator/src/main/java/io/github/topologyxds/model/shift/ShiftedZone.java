package io.github.topologyxds.model.shift;

/**
 * A zone that traffic keeps away from, or comes back to.
 *
 * @param percent of its share that it gets: 0 while it is emptied, 10, 25 and 50 on its way back
 * @param mode what its endpoints are while it is emptied
 * @param shift the name of the ZonalShift
 * @param until when the share is another one, as people read it
 */
public record ShiftedZone(int percent, ShiftMode mode, String shift, String until) {
  private static final double ALL = 100;

  /** Returns the part of its share that the zone gets, 0..1. */
  public double factor() {
    return percent / ALL;
  }

  /** True while nothing new is to go there. */
  public boolean emptied() {
    return percent == 0;
  }

  /** True while its endpoints do not even serve where nothing else does. */
  public boolean dropped() {
    return emptied() && mode == ShiftMode.STRICT;
  }
}
