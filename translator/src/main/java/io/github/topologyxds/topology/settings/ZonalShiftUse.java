package io.github.topologyxds.topology.settings;

import java.util.Optional;

/** What {@code topology-xds.io/zonal-shift} allows: whether zones are emptied for a Service. */
public enum ZonalShiftUse {
  /** Traffic keeps away from the zones that ZonalShifts name. */
  FOLLOW("follow"),
  /** They change nothing. */
  IGNORE("ignore");

  private final String label;

  ZonalShiftUse(String label) {
    this.label = label;
  }

  /** Returns the value as users write it. */
  public String label() {
    return label;
  }

  /** Reads a user's value; empty for anything but the two labels. */
  public static Optional<ZonalShiftUse> parse(String value) {
    for (ZonalShiftUse use : values()) {
      if (use.label.equals(value)) {
        return Optional.of(use);
      }
    }
    return Optional.empty();
  }
}
