package io.github.topologyxds.topology.settings;

import java.util.Optional;

/** What {@code topology-xds.io/preference} and {@code --preference} allow. */
public enum Preference {
  NONE("none"),
  SAME_ZONE("same-zone"),
  SAME_NODE("same-node");

  private final String label;

  Preference(String label) {
    this.label = label;
  }

  /** Returns the value as users write it. */
  public String label() {
    return label;
  }

  /** Reads a user's value; empty for anything but the three labels. */
  public static Optional<Preference> parse(String value) {
    for (Preference preference : values()) {
      if (preference.label.equals(value)) {
        return Optional.of(preference);
      }
    }
    return Optional.empty();
  }
}
