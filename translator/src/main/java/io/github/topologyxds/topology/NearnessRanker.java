package io.github.topologyxds.topology;

/**
 * Ranks one endpoint for a scope: 0 is nearest, 2 is the rest.
 *
 * <p>An endpoint that is not ready ranks as if hinted for its own node and zone (rule 7):
 * Kubernetes strips the hints of unready endpoints, and without this a zone that loses capacity
 * would never spill over (measured: 600/0 instead of 185/415 requests).
 */
final class NearnessRanker {
  static final int RANKS = 3;
  private static final int NEAREST = 0;
  private static final int NEAR = 1;
  private static final int REST = 2;

  private NearnessRanker() {}

  static int rank(UsableEndpoint endpoint, Scope scope, Basis basis) {
    boolean byHints = basis == Basis.HINTS && endpoint.standing() == EndpointCondition.READY;
    return switch (scope) {
      case Scope.ClusterWide wide -> NEAREST;
      case Scope.LocalOnly local -> NEAREST;
      case Scope.SameZone(String zone) ->
          byHints ? byZoneHints(endpoint, zone) : endpoint.inZone(zone) ? NEAREST : REST;
      case Scope.SameNode(String node, String zone) ->
          byHints ? byNodeHints(endpoint, node, zone) : byOwnNode(endpoint, node, zone);
    };
  }

  /** P0 hinted for my zone, P1 in my zone but lent away, P2 the rest. */
  private static int byZoneHints(UsableEndpoint endpoint, String zone) {
    if (endpoint.hintedForZone(zone)) {
      return NEAREST;
    }
    return endpoint.inZone(zone) ? NEAR : REST;
  }

  /** P0 hinted for my node, P1 hinted for or in my zone, P2 the rest. */
  private static int byNodeHints(UsableEndpoint endpoint, String node, String zone) {
    if (endpoint.hintedForNode(node)) {
      return NEAREST;
    }
    return endpoint.hintedForZone(zone) || endpoint.inZone(zone) ? NEAR : REST;
  }

  private static int byOwnNode(UsableEndpoint endpoint, String node, String zone) {
    if (endpoint.onNode(node)) {
      return NEAREST;
    }
    return endpoint.inZone(zone) ? NEAR : REST;
  }
}
