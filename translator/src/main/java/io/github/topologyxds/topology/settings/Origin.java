package io.github.topologyxds.topology.settings;

/** Who has asked for a setting; the first that has a valid value decides. */
public enum Origin {
  SERVICE("the Service's annotation"),
  NAMESPACE("the Namespace's annotation"),
  SERVER("the server's flag, or its default");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  /** Returns who that is, for people. */
  public String label() {
    return label;
  }
}
