package io.github.topologyxds.topology.settings;

import java.util.Optional;

/** What {@code topology-xds.io/failover} and {@code --failover} allow: how far tiers may go. */
public enum Failover {
  /** As far as there are endpoints. */
  ANYWHERE("anywhere"),
  /** To endpoints of the client's region. */
  REGION("region"),
  /** To endpoints of the client's zone. */
  ZONE("zone"),
  /** The first tier alone. */
  NONE("none");

  private final String label;

  Failover(String label) {
    this.label = label;
  }

  /** Returns the value as users write it. */
  public String label() {
    return label;
  }

  /** Reads a user's value; empty for anything but the four labels. */
  public static Optional<Failover> parse(String value) {
    for (Failover failover : values()) {
      if (failover.label.equals(value)) {
        return Optional.of(failover);
      }
    }
    return Optional.empty();
  }
}
