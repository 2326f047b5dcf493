package io.github.topologyxds.model;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The topology hints of an endpoint ({@code endpoints[].hints}).
 *
 * @param zones {@code forZones[].name}; empty when absent or an empty list, which mean the same
 * @param nodes {@code forNodes[].name}; likewise
 */
public record Hints(SortedSet<String> zones, SortedSet<String> nodes) {
  public static final Hints NONE = new Hints(new TreeSet<>(), new TreeSet<>());

  /** Returns whether the endpoint is hinted for no zone and no Node. */
  public boolean isEmpty() {
    return zones.isEmpty() && nodes.isEmpty();
  }
}
