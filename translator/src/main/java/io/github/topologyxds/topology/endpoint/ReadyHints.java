package io.github.topologyxds.topology.endpoint;

import io.github.topologyxds.model.ClientView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the hints of the ready endpoints, taken together, can decide (rule 3).
 *
 * @param ready how many are ready
 * @param withNodeHints how many of those have node hints
 * @param withZoneHints how many of those have zone hints
 * @param cover what they come to
 * @param nodes that they name; none unless every ready endpoint has node hints
 * @param zones that they name; none unless every ready endpoint has zone hints
 */
public record ReadyHints(
    int ready,
    int withNodeHints,
    int withZoneHints,
    Cover cover,
    Set<String> nodes,
    Set<String> zones) {
  /** On how many of the ready endpoints there are hints. */
  public enum Cover {
    /** No ready endpoint has a hint. */
    NONE,
    /** Some have hints, but neither kind is on all of them: kube-proxy ignores them. */
    PARTIAL,
    /** All ready endpoints have node hints, or all have zone hints, or both. */
    COMPLETE
  }

  /** Takes them together. */
  public static ReadyHints of(List<UsableEndpoint> endpoints) {
    Set<String> nodes = new HashSet<>();
    Set<String> zones = new HashSet<>();
    int ready = 0;
    int withNodeHints = 0;
    int withZoneHints = 0;
    for (UsableEndpoint endpoint : endpoints) {
      if (endpoint.condition() == EndpointCondition.READY) {
        ready++;
        withNodeHints += endpoint.hints().nodes().isEmpty() ? 0 : 1;
        withZoneHints += endpoint.hints().zones().isEmpty() ? 0 : 1;
        nodes.addAll(endpoint.hints().nodes());
        zones.addAll(endpoint.hints().zones());
      }
    }
    boolean allNodes = withNodeHints == ready;
    boolean allZones = withZoneHints == ready;
    Cover cover = allNodes || allZones ? Cover.COMPLETE : Cover.PARTIAL;
    return new ReadyHints(
        ready,
        withNodeHints,
        withZoneHints,
        withNodeHints + withZoneHints == 0 ? Cover.NONE : cover,
        allNodes ? places(nodes) : Set.of(),
        allZones ? places(zones) : Set.of());
  }

  /**
   * Returns those that are places. Kept for every port that is served: an array, where a HashSet of
   * three names is 240 bytes.
   */
  public static Set<String> places(Set<String> names) {
    return names.stream().filter(ClientView::isPlace).collect(Collectors.toUnmodifiableSet());
  }
}
