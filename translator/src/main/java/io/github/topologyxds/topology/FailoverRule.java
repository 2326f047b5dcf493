package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.decision.Eligibility;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Placement;
import io.github.topologyxds.topology.endpoint.Reach;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import java.util.List;
import java.util.function.Function;

/**
 * Failover (rule 9): of what a decision selects, a client gets no more than the Service allows.
 * Decided are scope and basis over all endpoints, as kube-proxy reads hints; then those out of
 * reach are as if they did not exist. So where none in reach is ready, those that still serve while
 * they terminate are used, as in rules 1 and 2.
 */
final class FailoverRule {
  private FailoverRule() {}

  /**
   * Restricts a selection.
   *
   * @param tiers makes the tiers of a decision from what is within reach
   */
  static Selection restrict(
      RoutingCase asked, Decision decision, Function<Decision, List<List<Placement>>> tiers) {
    Selection ready = selection(asked, decision, tiers);
    if (!asked.endpoints().anyServing() || anyHealthy(ready)) {
      return ready;
    }
    Selection terminating =
        selection(
            asked,
            decided(decision, Eligibility.TERMINATING, DecisionReason.ONLY_TERMINATING),
            tiers);
    return anyHealthy(terminating)
        ? terminating
        : new Selection(
            decided(decision, Eligibility.READY, DecisionReason.FAILOVER_RESTRICTED),
            ready.tiers());
  }

  /** Returns the endpoints that failover leaves to a client, in any tier. */
  static List<UsableEndpoint> within(RoutingCase asked) {
    List<UsableEndpoint> all = asked.endpoints().endpoints();
    ClientView view = asked.view();
    return asked.reach().restricted()
        ? all.stream().filter(endpoint -> asked.reach().covers(endpoint, view)).toList()
        : all;
  }

  private static Selection selection(
      RoutingCase asked, Decision decision, Function<Decision, List<List<Placement>>> tiers) {
    List<List<Placement>> all = tiers.apply(decision);
    boolean cut = asked.reach().extent() == Reach.Extent.FIRST_TIER && all.size() > 1;
    return new Selection(decision, cut ? List.of(all.getFirst()) : all);
  }

  private static Decision decided(
      Decision decision, Eligibility eligibility, DecisionReason reason) {
    return new Decision(decision.scope(), decision.basis(), eligibility, reason);
  }

  private static boolean anyHealthy(Selection selection) {
    return selection.tiers().stream()
        .flatMap(List::stream)
        .anyMatch(placement -> placement.health() == Health.HEALTHY);
  }
}
