package io.github.topologyxds.explanation;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.xds.IpPort;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What share of its requests an Envoy sends to each endpoint of a load assignment, as the settings
 * of our clusters have it: round robin, no panic, localities' weights not used unless the cluster
 * says so. A model of Envoy 1.40 (load_balancer_impl.cc), held against counts of a real one.
 *
 * @param hosts the shares 0..1 of those that get any
 * @param priorities the shares 0..1 of priorities 0..N; Envoy counts them in whole percents
 * @param nowhere the share of requests that find no endpoint (503), 0 or 1
 */
public record ExpectedShare(
    SortedMap<IpPort, Double> hosts, List<Double> priorities, double nowhere) {
  public ExpectedShare {
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    priorities = List.copyOf(priorities);
  }

  /** What a cluster does with the weights of localities. */
  public enum LocalityWeights {
    /** No {@code locality_weighted_lb_config}: measured, they change nothing. */
    IGNORED,
    /** {@code locality_weighted_lb_config} is set. */
    USED
  }

  /** Works out the shares of what is pushed. */
  public static ExpectedShare of(ClusterLoadAssignment assignment, LocalityWeights weights) {
    List<HostSet> sets = HostSet.of(assignment);
    PriorityLoad load = PriorityLoad.of(sets);
    SortedMap<IpPort, Double> shares = new TreeMap<>();
    double placed = 0;
    List<Double> priorities = new java.util.ArrayList<>();
    for (int priority = 0; priority < sets.size(); priority++) {
      double before = placed;
      for (Availability availability : Availability.values()) {
        double ofAll = load.percent(priority, availability) / 100.0;
        for (var host : sets.get(priority).spread(availability, weights).entrySet()) {
          shares.merge(host.getKey(), ofAll * host.getValue(), Double::sum);
          placed += ofAll * host.getValue();
        }
      }
      priorities.add(placed - before);
    }
    shares.values().removeIf(share -> share == 0);
    return new ExpectedShare(shares, priorities, shares.isEmpty() ? 1 : 0);
  }

  /** Returns the share of a host, 0..1. */
  public double of(IpPort host) {
    return hosts.getOrDefault(host, 0.0);
  }
}
