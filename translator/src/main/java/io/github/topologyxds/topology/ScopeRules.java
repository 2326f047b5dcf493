package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.topology.decision.Basis;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.decision.Eligibility;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.ZoneWeights;
import java.util.List;
import java.util.Optional;

/**
 * Decides the scope of a client's traffic: rules 1 to 6 of docs/routing.md, asked in the order of
 * {@link RoutingRule}. The part that reads hints is kube-proxy's (pkg/proxy/topology.go of
 * Kubernetes 1.36): hints count over ready endpoints only, of all slices of all managers, and one
 * ready endpoint without hints switches them off.
 */
final class ScopeRules {
  private static final List<RoutingRule> IN_ORDER = List.of(RoutingRule.values());

  private ScopeRules() {}

  /** Returns what the first rule that applies decides. */
  static Decision decide(RoutingCase asked) {
    for (RoutingRule rule : IN_ORDER) {
      Optional<Decision> decision = rule.decide(asked);
      if (decision.isPresent()) {
        return decision.get();
      }
    }
    throw new IllegalStateException("the last rule always applies");
  }

  static Optional<Decision> local(RoutingCase asked) {
    return asked.reach().localOnly() ? Optional.of(localOnly(asked)) : Optional.empty();
  }

  private static Decision localOnly(RoutingCase asked) {
    String node = asked.view().node();
    List<UsableEndpoint> local =
        asked.endpoints().endpoints().stream().filter(e -> isLocal(e, node)).toList();
    boolean ready = local.stream().anyMatch(e -> e.condition() == EndpointCondition.READY);
    return new Decision(
        new Scope.LocalOnly(node),
        Basis.DEFAULT,
        ready || local.isEmpty() ? Eligibility.READY : Eligibility.TERMINATING,
        local.isEmpty() ? withoutLocal(asked) : DecisionReason.INTERNAL_TRAFFIC_POLICY_LOCAL);
  }

  /** True for an endpoint that a client on this node may use where it may use no other. */
  static boolean isLocal(UsableEndpoint endpoint, String node) {
    return endpoint.onNode(node) && endpoint.condition() != EndpointCondition.UNREADY;
  }

  /** Where no node has one, that is the reason, and not where the client is. */
  private static DecisionReason withoutLocal(RoutingCase asked) {
    if (!asked.endpoints().anyServing()) {
      return asked.endpoints().absence();
    }
    return asked.view().node().isEmpty()
        ? DecisionReason.CLIENT_NODE_UNKNOWN
        : DecisionReason.LOCAL_WITHOUT_ENDPOINT;
  }

  static Optional<Decision> noEndpoint(RoutingCase asked) {
    return asked.endpoints().anyServing()
        ? Optional.empty()
        : ready(new Scope.ClusterWide(), Basis.DEFAULT, asked.endpoints().absence());
  }

  static Optional<Decision> noneReady(RoutingCase asked) {
    return asked.endpoints().anyReady()
        ? Optional.empty()
        : Optional.of(
            new Decision(
                new Scope.ClusterWide(),
                Basis.DEFAULT,
                Eligibility.TERMINATING,
                DecisionReason.ONLY_TERMINATING));
  }

  static Optional<Decision> zoneWeights(RoutingCase asked) {
    ZoneWeights weights = asked.policy().traffic().zoneWeights().value();
    return weights.any()
        ? ready(new Scope.WeightedZones(weights), Basis.ANNOTATION, DecisionReason.ZONE_WEIGHTS)
        : Optional.empty();
  }

  static Optional<Decision> hintsIgnored(RoutingCase asked) {
    ServiceRoutingPolicy policy = asked.policy();
    return policy.hints() == ServiceRoutingPolicy.HintUse.IGNORED
        ? ready(new Scope.ClusterWide(), policy.basis(), policy.reason())
        : Optional.empty();
  }

  static Optional<Decision> nodeHints(RoutingCase asked) {
    ClientView view = asked.view();
    return asked.endpoints().hintsCoverNode(view.node())
        ? ready(
            new Scope.SameNode(view.node(), view.zone()),
            Basis.HINTS,
            DecisionReason.HINTS_FOR_NODE)
        : Optional.empty();
  }

  static Optional<Decision> zoneHints(RoutingCase asked) {
    String zone = asked.view().zone();
    return asked.endpoints().hintsCoverZone(zone)
        ? ready(new Scope.SameZone(zone), Basis.HINTS, DecisionReason.HINTS_FOR_ZONE)
        : Optional.empty();
  }

  static Optional<Decision> locationUnknown(RoutingCase asked) {
    return asked.view().locationUnknown()
        ? ready(new Scope.ClusterWide(), Basis.DEFAULT, DecisionReason.CLIENT_LOCATION_UNKNOWN)
        : Optional.empty();
  }

  static Optional<Decision> derived(RoutingCase asked) {
    return asked.policy().basis() == Basis.DERIVED ? preference(asked) : Optional.empty();
  }

  static Optional<Decision> preference(RoutingCase asked) {
    ServiceRoutingPolicy policy = asked.policy();
    PortEndpoints endpoints = asked.endpoints();
    ClientView view = asked.view();
    return switch (policy.preference()) {
      case SAME_NODE ->
          endpoints.anyOnNode(view.node()) || endpoints.anyInZone(view.zone())
              ? ready(new Scope.SameNode(view.node(), view.zone()), policy.basis(), policy.reason())
              : nothingNear(asked);
      case SAME_ZONE ->
          endpoints.anyInZone(view.zone())
              ? ready(new Scope.SameZone(view.zone()), policy.basis(), policy.reason())
              : nothingNear(asked);
      case NONE ->
          ready(
              new Scope.ClusterWide(),
              policy.basis(),
              switch (endpoints.hintCover()) {
                case NONE -> policy.reason();
                case PARTIAL -> DecisionReason.HINTS_INCOMPLETE;
                case COMPLETE -> hintsForOthers(endpoints, view);
              });
    };
  }

  /** Who does not say where he is cannot be told that no hint is for him. */
  private static DecisionReason hintsForOthers(PortEndpoints endpoints, ClientView view) {
    return view.zone().isEmpty() && endpoints.hintsByZone()
        ? DecisionReason.CLIENT_ZONE_UNKNOWN
        : DecisionReason.HINTS_FOR_OTHERS;
  }

  private static Optional<Decision> nothingNear(RoutingCase asked) {
    return ready(
        new Scope.ClusterWide(),
        asked.policy().basis(),
        asked.view().zone().isEmpty()
            ? DecisionReason.CLIENT_ZONE_UNKNOWN
            : DecisionReason.NO_NEAR_ENDPOINT);
  }

  /** True for an endpoint that makes a tier (rule 8: not a draining one). */
  static boolean makesTier(UsableEndpoint endpoint) {
    return endpoint.condition() != EndpointCondition.TERMINATING;
  }

  private static Optional<Decision> ready(Scope scope, Basis basis, DecisionReason reason) {
    return Optional.of(new Decision(scope, basis, Eligibility.READY, reason));
  }
}
