package io.github.topologyxds.model;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.util.SortedSet;

/**
 * The topology hints of an endpoint ({@code endpoints[].hints}).
 *
 * @param zones {@code forZones[].name}; empty when absent or an empty list, which mean the same
 * @param nodes {@code forNodes[].name}; likewise
 */
public record Hints(SortedSet<String> zones, SortedSet<String> nodes) {
  public static final Hints NONE = new Hints(ImmutableSortedSet.of(), ImmutableSortedSet.of());

  /** Of one zone, as almost all are; for as long as an endpoint has them. */
  private static final Interner<Hints> OF_ONE_ZONE = Interners.newWeakInterner();

  /** Every endpoint may have some, so they are kept in arrays: a tree of one name is 150 bytes. */
  public Hints {
    zones = ImmutableSortedSet.copyOfSorted(zones);
    nodes = ImmutableSortedSet.copyOfSorted(nodes);
  }

  /** Returns equal hints, which are kept once where many endpoints have them. */
  Hints once() {
    if (isEmpty()) {
      return NONE;
    }
    return zones.size() == 1 && nodes.isEmpty() ? OF_ONE_ZONE.intern(this) : this;
  }

  /** Returns whether the endpoint is hinted for no zone and no Node. */
  public boolean isEmpty() {
    return zones.isEmpty() && nodes.isEmpty();
  }
}
