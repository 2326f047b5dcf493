package io.github.topologyxds.model.shift;

/** What the endpoints of a zone are while it is emptied. */
public enum ShiftMode {
  /** They serve where nothing else does. */
  LAST_RESORT("LastResort"),
  /** They do not exist. */
  STRICT("Strict");

  private final String label;

  ShiftMode(String label) {
    this.label = label;
  }

  /** Returns the value as objects have it. */
  public String label() {
    return label;
  }
}
