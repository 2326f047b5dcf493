package io.github.topologyxds.slices.hints;

import io.github.topologyxds.slices.observed.NodeCapacity;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The share of each zone in the cluster's CPU (k8s.io/endpointslice 0.36.3,
 * topologycache/topologycache.go, SetNodes). Equal shares give equal hints: what was refused or
 * given is looked at again when they change.
 *
 * @param ratios zone to 0..1; empty when the Nodes do not tell: a counted Node without zone or CPU,
 *     or fewer than two zones
 */
public record ZoneShares(SortedMap<String, Double> ratios) {
  public static final ZoneShares UNKNOWN = new ZoneShares(Collections.emptySortedMap());

  public ZoneShares {
    ratios = Collections.unmodifiableSortedMap(new TreeMap<>(ratios));
  }

  /** Returns the shares of all Nodes that are ready and no control plane. */
  public static ZoneShares of(Collection<NodeCapacity> nodes) {
    SortedMap<String, Long> cpuByZone = new TreeMap<>();
    long total = 0;
    for (NodeCapacity node : nodes) {
      if (node.controlPlane() || !node.ready()) {
        continue;
      }
      if (node.zone().isEmpty() || node.milliCpu() <= 0) {
        return UNKNOWN;
      }
      cpuByZone.merge(node.zone(), node.milliCpu(), Long::sum);
      total += node.milliCpu();
    }
    if (cpuByZone.size() < 2) {
      return UNKNOWN;
    }
    SortedMap<String, Double> ratios = new TreeMap<>();
    for (var zone : cpuByZone.entrySet()) {
      ratios.put(zone.getKey(), (double) zone.getValue() / (double) total);
    }
    return new ZoneShares(ratios);
  }

  boolean known() {
    return !ratios.isEmpty();
  }
}
