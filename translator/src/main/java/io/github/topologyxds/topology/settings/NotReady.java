package io.github.topologyxds.topology.settings;

import java.util.Optional;

/** What {@code topology-xds.io/not-ready} and {@code --not-ready} allow. */
public enum NotReady {
  /**
   * Endpoints that were ready before stay, UNHEALTHY, so that lost capacity spills in proportion.
   */
  AUTO("auto"),
  /** Endpoints that are not ready are left out. */
  OMIT("omit");

  private final String label;

  NotReady(String label) {
    this.label = label;
  }

  /** Returns the value as users write it. */
  public String label() {
    return label;
  }

  /** Reads a user's value; empty for anything but the two labels. */
  public static Optional<NotReady> parse(String value) {
    for (NotReady notReady : values()) {
      if (notReady.label.equals(value)) {
        return Optional.of(notReady);
      }
    }
    return Optional.empty();
  }
}
