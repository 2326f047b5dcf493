package io.github.topologyxds.topology.settings;

import java.util.Optional;

/** What {@code topology-xds.io/balance} and {@code --balance} allow: how near traffic is spread. */
public enum Balance {
  /** Near endpoints get everything, however few they are. */
  STRICT("strict"),
  /** Near endpoints get what they can carry, the others the rest ({@code FairShares}). */
  FAIR("fair");

  private final String label;

  Balance(String label) {
    this.label = label;
  }

  /** Returns the value as users write it. */
  public String label() {
    return label;
  }

  /** Reads a user's value; empty for anything but the two labels. */
  public static Optional<Balance> parse(String value) {
    for (Balance balance : values()) {
      if (balance.label.equals(value)) {
        return Optional.of(balance);
      }
    }
    return Optional.empty();
  }
}
