package io.github.topologyxds.explanation;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.explanation.ExpectedShare.LocalityWeights;
import io.github.topologyxds.xds.IpPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The hosts of one priority, as Envoy counts them. */
final class HostSet {
  private static final int OVERPROVISIONING = 140;

  private final List<LocalityHosts> localities = new ArrayList<>();
  private final int overprovisioning;

  /**
   * One locality of a priority.
   *
   * @param weight -1 when it has none
   */
  private record LocalityHosts(String zone, int weight, List<Host> hosts) {
    /** Returns how many of the hosts are in a state. */
    int count(State state) {
      int count = 0;
      for (Host host : hosts) {
        count += host.state() == state ? 1 : 0;
      }
      return count;
    }

    /** Returns how many count for what the locality can take. */
    int considered() {
      return hosts.size() - count(State.EXCLUDED);
    }

    /** Returns the weights of the hosts in a state, summed up. */
    double weight(State state) {
      double sum = 0;
      for (Host host : hosts) {
        sum += host.state() == state ? host.weight() : 0;
      }
      return sum;
    }
  }

  private record Host(LbEndpoint endpoint, State state, int weight) {}

  private enum State {
    HEALTHY,
    DEGRADED,
    UNHEALTHY,
    /** DRAINING: measured, it does not count at all. */
    EXCLUDED
  }

  private HostSet(int overprovisioning) {
    this.overprovisioning = overprovisioning;
  }

  /** Returns the hosts by priority 0..N; a priority that is skipped has none. */
  static List<HostSet> of(ClusterLoadAssignment assignment) {
    int factor =
        assignment.getPolicy().hasOverprovisioningFactor()
            ? assignment.getPolicy().getOverprovisioningFactor().getValue()
            : OVERPROVISIONING;
    List<HostSet> sets = new ArrayList<>();
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      while (sets.size() <= locality.getPriority()) {
        sets.add(new HostSet(factor));
      }
      sets.get(locality.getPriority()).localities.add(hosts(locality));
    }
    return sets;
  }

  private static LocalityHosts hosts(LocalityLbEndpoints locality) {
    int weight =
        locality.hasLoadBalancingWeight() ? locality.getLoadBalancingWeight().getValue() : -1;
    return new LocalityHosts(
        locality.getLocality().getZone(),
        weight,
        locality.getLbEndpointsList().stream().map(HostSet::host).toList());
  }

  private static Host host(LbEndpoint endpoint) {
    State state =
        switch (endpoint.getHealthStatus()) {
          case UNKNOWN, HEALTHY -> State.HEALTHY;
          case DEGRADED -> State.DEGRADED;
          case UNHEALTHY, TIMEOUT -> State.UNHEALTHY;
          case DRAINING -> State.EXCLUDED;
          case UNRECOGNIZED -> throw new IllegalArgumentException("no health: " + endpoint);
        };
    int weight =
        endpoint.hasLoadBalancingWeight() ? endpoint.getLoadBalancingWeight().getValue() : 1;
    return new Host(endpoint, state, weight);
  }

  /** Returns how much of all load this priority can take with hosts of a kind: 0..100. */
  int percent(Availability kind) {
    int considered = localities.stream().mapToInt(LocalityHosts::considered).sum();
    int eligible = localities.stream().mapToInt(l -> l.count(state(kind))).sum();
    return considered == 0 ? 0 : Math.min(100, overprovisioning * eligible / considered);
  }

  /** Returns the shares of this priority's hosts of a kind; together 1, or empty without any. */
  Map<IpPort, Double> spread(Availability kind, LocalityWeights weights) {
    Map<IpPort, Double> shares = new HashMap<>();
    if (isWeighted(weights)) {
      double total = localities.stream().mapToDouble(l -> effectiveWeight(l, kind)).sum();
      for (LocalityHosts locality : localities) {
        spread(
            eligible(locality.hosts(), kind),
            total == 0 ? 0 : effectiveWeight(locality, kind) / total,
            shares);
      }
    } else {
      List<Host> all = localities.stream().flatMap(l -> l.hosts().stream()).toList();
      spread(eligible(all, kind), 1, shares);
    }
    return shares;
  }

  /** Adds the shares of this priority's zones, 0..1 of what the priority gets. */
  void spreadByZone(Availability kind, LocalityWeights weights, BiConsumer<String, Double> zones) {
    boolean weighted = isWeighted(weights);
    double total =
        localities.stream()
            .mapToDouble(l -> weighted ? effectiveWeight(l, kind) : l.weight(state(kind)))
            .sum();
    for (LocalityHosts locality : localities) {
      double weight = weighted ? effectiveWeight(locality, kind) : locality.weight(state(kind));
      if (weight > 0) {
        zones.accept(locality.zone(), weight / total);
      }
    }
  }

  /** Tells how many hosts of each zone are healthy; a zone may come more than once. */
  void countHealthy(BiConsumer<String, Integer> zones) {
    localities.forEach(locality -> zones.accept(locality.zone(), locality.count(State.HEALTHY)));
  }

  private boolean isWeighted(LocalityWeights weights) {
    return weights == LocalityWeights.USED && localities.stream().anyMatch(l -> l.weight() >= 0);
  }

  /** Weight x min(1, healthy part x over-provisioning); none where others have one counts 0. */
  private double effectiveWeight(LocalityHosts locality, Availability kind) {
    int considered = locality.considered();
    if (considered == 0 || locality.weight() < 0) {
      return 0;
    }
    double available = (double) locality.count(state(kind)) / considered;
    return locality.weight() * Math.min(1, overprovisioning / 100.0 * available);
  }

  private static void spread(List<Host> hosts, double share, Map<IpPort, Double> shares) {
    double total = hosts.stream().mapToDouble(Host::weight).sum();
    for (Host host : hosts) {
      shares.merge(IpPort.of(host.endpoint()), share * host.weight() / total, Double::sum);
    }
  }

  private static List<Host> eligible(List<Host> hosts, Availability kind) {
    return hosts.stream().filter(host -> host.state() == state(kind)).toList();
  }

  private static State state(Availability kind) {
    return switch (kind) {
      case HEALTHY -> State.HEALTHY;
      case DEGRADED -> State.DEGRADED;
    };
  }
}
