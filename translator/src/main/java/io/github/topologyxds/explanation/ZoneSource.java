package io.github.topologyxds.explanation;

/** From where a client's zone is known. The names are stable: JSON prints them. */
public enum ZoneSource {
  /** The label of its Node. */
  NODE_LABEL("by its Node"),
  /** What the client says of itself: {@code node.locality.zone}. */
  BOOTSTRAP("by its own word"),
  /** Who asks has named the zone. */
  GIVEN("as given"),
  /** Nobody knows it. */
  NOWHERE("from nowhere");

  private final String label;

  ZoneSource(String label) {
    this.label = label;
  }

  /** Returns a few words for people. */
  public String label() {
    return label;
  }
}
