package io.github.topologyxds.model;

import com.google.common.collect.ImmutableSortedSet;
import java.util.SortedSet;

/**
 * The topology hints of an endpoint ({@code endpoints[].hints}).
 *
 * @param zones {@code forZones[].name}; empty when absent or an empty list, which mean the same
 * @param nodes {@code forNodes[].name}; likewise
 */
public record Hints(SortedSet<String> zones, SortedSet<String> nodes) {
  public static final Hints NONE = new Hints(ImmutableSortedSet.of(), ImmutableSortedSet.of());

  /** Every endpoint may have some, so they are kept in arrays: a tree of one name is 150 bytes. */
  public Hints {
    zones = ImmutableSortedSet.copyOfSorted(zones);
    nodes = ImmutableSortedSet.copyOfSorted(nodes);
  }

  /** Returns whether the endpoint is hinted for no zone and no Node. */
  public boolean isEmpty() {
    return zones.isEmpty() && nodes.isEmpty();
  }
}
