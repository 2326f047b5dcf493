package io.github.topologyxds.load;

import java.util.Comparator;

/**
 * What load is counted by.
 *
 * @param port the EDS name of the Service's port, or {@link #OTHER}
 * @param fromZone the zone of the clients' Nodes, or {@link #UNKNOWN}
 * @param toZone the zone of the endpoints, or {@link #UNKNOWN}
 * @param priority of the endpoints for these clients, when they reported
 */
public record LoadKey(String port, String fromZone, String toZone, int priority)
    implements Comparable<LoadKey> {
  /** All ports that there is no room for; no EDS name of ours is without a slash. */
  public static final String OTHER = "other";

  /** Any zone that no known Node is in. */
  public static final String UNKNOWN = "unknown";

  private static final Comparator<LoadKey> ORDER =
      Comparator.comparing(LoadKey::port)
          .thenComparing(LoadKey::fromZone)
          .thenComparing(LoadKey::toZone)
          .thenComparingInt(LoadKey::priority);

  @Override
  public int compareTo(LoadKey other) {
    return ORDER.compare(this, other);
  }

  /** Returns the same of {@link #OTHER}. */
  LoadKey ofOther() {
    return new LoadKey(OTHER, fromZone, toZone, priority);
  }
}
