package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.decision.FairShares;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Balance;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.Nearness;
import io.github.topologyxds.topology.settings.TrafficPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fair near routing (rule 11): where a zone is asked for, its endpoints get what they can carry and
 * zones with room the rest. It acts on what the scope rules have decided, so all that makes a zone
 * near makes it fair, too: hints, trafficDistribution and our preference.
 */
final class BalanceRule {
  private BalanceRule() {}

  /** True where a Service's policy lets it act for some client: its clusters then use weights. */
  static boolean mayAct(ServiceRoutingPolicy policy) {
    TrafficPolicy traffic = policy.traffic();
    boolean neverZone =
        switch (policy.preference()) {
          case SAME_NODE -> true;
          case SAME_ZONE -> false;
          case NONE -> policy.hints() == ServiceRoutingPolicy.HintUse.IGNORED;
        };
    return traffic.balance().value() == Balance.FAIR
        && !traffic.zoneWeights().value().any()
        && traffic.failover().value() != Failover.ZONE
        && !neverZone;
  }

  /** Returns the decision with the shares of the client's zone, where it is to be fair. */
  static Decision apply(RoutingCase asked, Decision decision) {
    Optional<String> zone = zone(asked, decision);
    if (zone.isEmpty()) {
      return decision;
    }
    SortedMap<String, Integer> shares = shares(asked, zone.get());
    return shares.isEmpty()
        ? decision
        : new Decision(
            new Scope.FairZones(zone.get(), shares),
            decision.basis(),
            decision.eligibility(),
            decision.reason());
  }

  /** The zone whose requests are shared; empty where a zone is not what the client is given. */
  private static Optional<String> zone(RoutingCase asked, Decision decision) {
    if (!mayAct(asked.policy())) {
      return Optional.empty();
    }
    return switch (decision.scope()) {
      case Scope.SameZone(String zone) -> Optional.of(zone);
      case Scope.ClusterWide wide -> withoutEndpoints(asked, decision.reason());
      case Scope.SameNode node -> Optional.empty();
      case Scope.WeightedZones weighted -> Optional.empty();
      case Scope.FairZones fair -> Optional.empty();
      case Scope.LocalOnly local -> Optional.empty();
    };
  }

  /**
   * A zone without endpoints of its own sends where there is room, so that nobody is overloaded.
   */
  private static Optional<String> withoutEndpoints(RoutingCase asked, DecisionReason reason) {
    boolean none =
        reason == DecisionReason.NO_NEAR_ENDPOINT
            || (reason == DecisionReason.HINTS_FOR_OTHERS && asked.endpoints().hintsByZone());
    return none && !asked.view().zone().isEmpty()
        ? Optional.of(asked.view().zone())
        : Optional.empty();
  }

  private static SortedMap<String, Integer> shares(RoutingCase asked, String zone) {
    SortedMap<String, Double> capacity = carrying(FailoverRule.within(asked), asked.shifts());
    return capacity.isEmpty()
        ? Collections.emptySortedMap()
        : FairShares.ofZone(
            zone,
            demand(asked),
            capacity,
            asked.policy().traffic().overloadThreshold().value().part());
  }

  /** Returns how many of these endpoints are ready, by their own zone. */
  static SortedMap<String, Double> capacity(List<UsableEndpoint> endpoints) {
    SortedMap<String, Double> capacity = new TreeMap<>();
    for (UsableEndpoint endpoint : endpoints) {
      if (endpoint.condition() == EndpointCondition.READY) {
        capacity.merge(endpoint.location().zone(), 1.0, Double::sum);
      }
    }
    return capacity;
  }

  /**
   * Returns how much these endpoints are to carry, by their own zone, in ready endpoints; without
   * zones that are emptied.
   */
  static SortedMap<String, Double> carrying(List<UsableEndpoint> endpoints, ShiftedZones shifts) {
    SortedMap<String, Double> carrying = capacity(endpoints);
    carrying.replaceAll((zone, ready) -> ready * shifts.factor(zone));
    carrying.values().removeIf(ready -> ready == 0);
    return carrying;
  }

  /** The demand on the endpoints within reach: of a region's endpoints, that of the region. */
  static SortedMap<String, Double> demand(RoutingCase asked) {
    Demand demand = asked.demand();
    SortedMap<String, Double> concerned = new TreeMap<>();
    demand
        .byZone()
        .forEach((zone, count) -> {
          if (asked.reach().sharedBy(zone, asked.view().zone())) {
            concerned.put(zone, (double) count);
          }
        });
    return concerned;
  }

  /** Returns where an endpoint stands: an own zone without a share is as far as any other. */
  static Nearness nearness(UsableEndpoint endpoint, Scope.FairZones fair) {
    if (!fair.shares().containsKey(endpoint.location().zone())) {
      return Nearness.ELSEWHERE;
    }
    return ClientView.isPlace(fair.zone()) && endpoint.inZone(fair.zone())
        ? Nearness.SAME_ZONE
        : Nearness.ZONE_WITH_ROOM;
  }
}
