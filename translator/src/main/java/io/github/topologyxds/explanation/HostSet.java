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
  private record LocalityHosts(int weight, List<Host> hosts) {}

  private record Host(IpPort address, State state, int weight) {}

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
        weight, locality.getLbEndpointsList().stream().map(HostSet::host).toList());
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
    return new Host(IpPort.of(endpoint), state, weight);
  }

  /** Returns how much of all load this priority can take with hosts of a kind: 0..100. */
  int percent(Availability kind) {
    List<Host> all = localities.stream().flatMap(locality -> locality.hosts().stream()).toList();
    int considered = considered(all);
    return considered == 0
        ? 0
        : Math.min(100, overprovisioning * eligible(all, kind).size() / considered);
  }

  /** Returns the shares of this priority's hosts of a kind; together 1, or empty without any. */
  Map<IpPort, Double> spread(Availability kind, LocalityWeights weights) {
    Map<IpPort, Double> shares = new HashMap<>();
    boolean weighted =
        weights == LocalityWeights.USED && localities.stream().anyMatch(l -> l.weight() >= 0);
    if (weighted) {
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

  /** Weight x min(1, healthy part x over-provisioning); none where others have one counts 0. */
  private double effectiveWeight(LocalityHosts locality, Availability kind) {
    int considered = considered(locality.hosts());
    if (considered == 0 || locality.weight() < 0) {
      return 0;
    }
    double available = (double) eligible(locality.hosts(), kind).size() / considered;
    return locality.weight() * Math.min(1, overprovisioning / 100.0 * available);
  }

  private static void spread(List<Host> hosts, double share, Map<IpPort, Double> shares) {
    double total = hosts.stream().mapToDouble(Host::weight).sum();
    for (Host host : hosts) {
      shares.merge(host.address(), share * host.weight() / total, Double::sum);
    }
  }

  private static List<Host> eligible(List<Host> hosts, Availability kind) {
    State state =
        switch (kind) {
          case HEALTHY -> State.HEALTHY;
          case DEGRADED -> State.DEGRADED;
        };
    return hosts.stream().filter(host -> host.state() == state).toList();
  }

  private static int considered(List<Host> hosts) {
    return (int) hosts.stream().filter(host -> host.state() != State.EXCLUDED).count();
  }
}
