package io.github.topologyxds.topology.decision;

import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Placement;
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

  /**
   * Gives the zones of the first tier their weights; where none of it has one (the zones with
   * weights have no endpoint), its endpoints are alike.
   *
   * @param weights by zone, not negative
   */
  public Selection weighed(SortedMap<String, Integer> weights) {
    SortedMap<String, Integer> ofTier = new TreeMap<>();
    for (Placement placement : tiers.isEmpty() ? List.<Placement>of() : tiers.getFirst()) {
      String zone = placement.endpoint().location().zone();
      int weight = weights.getOrDefault(zone, 0);
      if (weight > 0 && placement.health() != Health.DRAINING) {
        ofTier.put(zone, weight);
      }
    }
    return new Selection(decision, tiers, ofTier);
  }

  /** Every endpoint of a tier is alike. */
  public Selection(Decision decision, List<List<Placement>> tiers) {
    this(decision, tiers, Collections.emptySortedMap());
  }
}
