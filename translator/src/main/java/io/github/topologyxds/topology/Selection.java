package io.github.topologyxds.topology;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one client gets of one service port.
 *
 * @param tiers Envoy's priorities 0..N; empty when there is nothing to send traffic to
 * @param zoneWeights how the zones of tier 0 share it, positive; empty: every endpoint is alike
 */
public record Selection(
    Decision decision, List<List<Placement>> tiers, SortedMap<String, Integer> zoneWeights) {
  public Selection {
    zoneWeights = Collections.unmodifiableSortedMap(new TreeMap<>(zoneWeights));
  }

  /** Every endpoint of a tier is alike. */
  public Selection(Decision decision, List<List<Placement>> tiers) {
    this(decision, tiers, Collections.emptySortedMap());
  }
}
