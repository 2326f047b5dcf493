package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;

/**
 * Decides the scope of a client's traffic: rules 2 to 6 of docs/routing.md. The part that reads
 * hints is kube-proxy's (pkg/proxy/topology.go of Kubernetes 1.36): hints count over ready
 * endpoints only, of all slices of all managers, and one ready endpoint without hints switches them
 * off.
 */
final class ScopeRules {
  private ScopeRules() {}

  static Decision decide(PortEndpoints endpoints, ServiceRoutingPolicy ask, ClientView view) {
    if (!endpoints.anyServing()) {
      return ready(new Scope.ClusterWide(), Basis.DEFAULT, endpoints.absence());
    }
    if (!endpoints.anyReady()) {
      return new Decision(
          new Scope.ClusterWide(),
          Basis.DEFAULT,
          Eligibility.TERMINATING,
          DecisionReason.ONLY_TERMINATING);
    }
    if (ask.hints() == ServiceRoutingPolicy.HintUse.IGNORED) {
      return ready(new Scope.ClusterWide(), ask.basis(), ask.reason());
    }
    if (endpoints.hintsCoverNode(view.node())) {
      return ready(
          new Scope.SameNode(view.node(), view.zone()), Basis.HINTS, DecisionReason.HINTS_FOR_NODE);
    }
    if (endpoints.hintsCoverZone(view.zone())) {
      return ready(new Scope.SameZone(view.zone()), Basis.HINTS, DecisionReason.HINTS_FOR_ZONE);
    }
    if (view.locationUnknown()) {
      return ready(new Scope.ClusterWide(), Basis.DEFAULT, DecisionReason.CLIENT_LOCATION_UNKNOWN);
    }
    return withoutHints(endpoints, ask, view);
  }

  private static Decision withoutHints(
      PortEndpoints endpoints, ServiceRoutingPolicy ask, ClientView view) {
    return switch (ask.preference()) {
      case SAME_NODE ->
          endpoints.anyOnNode(view.node()) || endpoints.anyInZone(view.zone())
              ? ready(new Scope.SameNode(view.node(), view.zone()), ask.basis(), ask.reason())
              : nothingNear(ask, view);
      case SAME_ZONE ->
          endpoints.anyInZone(view.zone())
              ? ready(new Scope.SameZone(view.zone()), ask.basis(), ask.reason())
              : nothingNear(ask, view);
      case NONE ->
          ready(
              new Scope.ClusterWide(),
              ask.basis(),
              switch (endpoints.hintCover()) {
                case NONE -> ask.reason();
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

  private static Decision nothingNear(ServiceRoutingPolicy ask, ClientView view) {
    return ready(
        new Scope.ClusterWide(),
        ask.basis(),
        view.zone().isEmpty()
            ? DecisionReason.CLIENT_ZONE_UNKNOWN
            : DecisionReason.NO_NEAR_ENDPOINT);
  }

  private static Decision ready(Scope scope, Basis basis, DecisionReason reason) {
    return new Decision(scope, basis, Eligibility.READY, reason);
  }
}
