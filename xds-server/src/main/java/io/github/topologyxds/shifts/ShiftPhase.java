package io.github.topologyxds.shifts;

/** Where a ZonalShift is in its life. */
public enum ShiftPhase {
  /** The zone is emptied. */
  ACTIVE("Active"),
  /** It gets more and more of its share back. */
  RETURNING("Returning"),
  /** It has its share back. */
  EXPIRED("Expired"),
  /** Nothing is done for it. */
  REFUSED("Refused");

  private final String label;

  ShiftPhase(String label) {
    this.label = label;
  }

  /** Returns the phase as people read it. */
  public String label() {
    return label;
  }
}
