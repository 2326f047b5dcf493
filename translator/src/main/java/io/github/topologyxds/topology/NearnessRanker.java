package io.github.topologyxds.topology;

import io.github.topologyxds.topology.decision.Basis;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Nearness;
import io.github.topologyxds.topology.settings.ZoneWeights;

/**
 * Ranks one endpoint for a scope.
 *
 * <p>An endpoint that is not ready ranks as if hinted for its own node and zone (rule 7):
 * Kubernetes strips the hints of unready endpoints, and without this a zone that loses capacity
 * would never spill over (measured: 600/0 instead of 185/415 requests).
 */
final class NearnessRanker {
  private NearnessRanker() {}

  static Nearness rank(UsableEndpoint endpoint, Scope scope, Basis basis) {
    boolean byHints = basis == Basis.HINTS && endpoint.condition() == EndpointCondition.READY;
    return switch (scope) {
      case Scope.ClusterWide wide -> Nearness.CLUSTER_WIDE;
      case Scope.LocalOnly local -> Nearness.LOCAL;
      case Scope.WeightedZones(ZoneWeights weights) -> weights.nearness(endpoint.location().zone());
      case Scope.FairZones fair -> BalanceRule.nearness(endpoint, fair);
      case Scope.SameZone(String zone) ->
          byHints
              ? byZoneHints(endpoint, zone)
              : endpoint.inZone(zone) ? Nearness.SAME_ZONE : Nearness.ELSEWHERE;
      case Scope.SameNode(String node, String zone) ->
          byHints ? byNodeHints(endpoint, node, zone) : byOwnNode(endpoint, node, zone);
    };
  }

  private static Nearness byZoneHints(UsableEndpoint endpoint, String zone) {
    if (endpoint.hintedForZone(zone)) {
      return Nearness.HINTED_FOR_ZONE;
    }
    return endpoint.inZone(zone) ? Nearness.LENT_AWAY : Nearness.ELSEWHERE;
  }

  private static Nearness byNodeHints(UsableEndpoint endpoint, String node, String zone) {
    if (endpoint.hintedForNode(node)) {
      return Nearness.HINTED_FOR_NODE;
    }
    if (endpoint.hintedForZone(zone)) {
      return Nearness.HINTED_FOR_ZONE_ONLY;
    }
    return endpoint.inZone(zone) ? Nearness.SAME_ZONE_ONLY : Nearness.ELSEWHERE;
  }

  private static Nearness byOwnNode(UsableEndpoint endpoint, String node, String zone) {
    if (endpoint.onNode(node)) {
      return Nearness.SAME_NODE;
    }
    return endpoint.inZone(zone) ? Nearness.SAME_ZONE_ONLY : Nearness.ELSEWHERE;
  }
}
