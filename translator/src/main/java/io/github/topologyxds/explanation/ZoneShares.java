package io.github.topologyxds.explanation;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.explanation.ExpectedShare.LocalityWeights;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a client's requests to one service port go, by zone; of the same model as {@link
 * ExpectedShare}, at a fraction of the cost, as no host is looked at by its address.
 *
 * @param byZone the share of each zone that gets any, 0..1, "" for endpoints without one
 * @param nowhere the share that finds no endpoint: 0 or 1
 * @param healthy how many endpoints of each zone are healthy
 */
public record ZoneShares(
    SortedMap<String, Double> byZone, double nowhere, SortedMap<String, Integer> healthy) {
  public ZoneShares {
    byZone = Collections.unmodifiableSortedMap(new TreeMap<>(byZone));
    healthy = Collections.unmodifiableSortedMap(new TreeMap<>(healthy));
  }

  static ZoneShares of(ClusterLoadAssignment assignment, LocalityWeights weights) {
    List<HostSet> sets = HostSet.of(assignment);
    PriorityLoad load = PriorityLoad.of(sets);
    SortedMap<String, Double> shares = new TreeMap<>();
    SortedMap<String, Integer> healthy = new TreeMap<>();
    for (int priority = 0; priority < sets.size(); priority++) {
      for (Availability availability : Availability.values()) {
        double ofAll = load.percent(priority, availability) / 100.0;
        sets.get(priority)
            .spreadByZone(
                availability,
                weights,
                (zone, share) -> shares.merge(zone, ofAll * share, Double::sum));
      }
      sets.get(priority)
          .countHealthy((zone, count) -> {
            if (count > 0) {
              healthy.merge(zone, count, Integer::sum);
            }
          });
    }
    shares.values().removeIf(share -> share == 0);
    return new ZoneShares(shares, shares.isEmpty() ? 1 : 0, healthy);
  }
}
