package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import java.util.ArrayList;
import java.util.List;

/** Selects and orders the endpoints of one service port for one client: all rules together. */
final class EndpointSelector {
  private EndpointSelector() {}

  static Selection select(PortEndpoints endpoints, ServiceRoutingPolicy ask, ClientView view) {
    Decision decision = ScopeRules.decide(endpoints, ask, view);
    List<List<Placement>> byRank = new ArrayList<>();
    for (int rank = 0; rank < NearnessRanker.RANKS; rank++) {
      byRank.add(new ArrayList<>());
    }
    for (UsableEndpoint endpoint : endpoints.endpoints()) {
      int rank = NearnessRanker.rank(endpoint, decision.scope(), decision.basis());
      byRank.get(rank).add(new Placement(endpoint, health(endpoint, decision.eligibility())));
    }
    return new Selection(decision, PriorityLadder.tiers(byRank));
  }

  /** Rule 1: the client's node and nothing else; no tiers, no UNHEALTHY endpoints, no failover. */
  static Selection selectLocal(PortEndpoints endpoints, ClientView view) {
    Scope scope = new Scope.LocalOnly(view.node());
    List<UsableEndpoint> local =
        endpoints.endpoints().stream()
            .filter(e -> e.onNode(view.node()) && e.standing() != EndpointCondition.UNREADY)
            .toList();
    boolean ready = local.stream().anyMatch(e -> e.standing() == EndpointCondition.READY);
    Eligibility eligibility =
        ready || local.isEmpty() ? Eligibility.READY : Eligibility.TERMINATING;
    DecisionReason reason =
        local.isEmpty()
            ? withoutLocal(endpoints, view)
            : DecisionReason.INTERNAL_TRAFFIC_POLICY_LOCAL;
    List<Placement> tier =
        local.stream().map(e -> new Placement(e, health(e, eligibility))).toList();
    return new Selection(
        new Decision(scope, Basis.DEFAULT, eligibility, reason),
        tier.isEmpty() ? List.of() : List.of(tier));
  }

  /** Where no node has one, that is the reason, and not where the client is. */
  private static DecisionReason withoutLocal(PortEndpoints endpoints, ClientView view) {
    if (!endpoints.anyServing()) {
      return endpoints.absence();
    }
    return view.node().isEmpty()
        ? DecisionReason.CLIENT_NODE_UNKNOWN
        : DecisionReason.LOCAL_WITHOUT_ENDPOINT;
  }

  private static Health health(UsableEndpoint endpoint, Eligibility eligibility) {
    return switch (endpoint.standing()) {
      case READY -> Health.HEALTHY;
      case TERMINATING ->
          switch (eligibility) {
            case READY -> Health.DRAINING;
            case TERMINATING -> Health.HEALTHY;
          };
      case UNREADY -> Health.UNHEALTHY;
    };
  }
}
