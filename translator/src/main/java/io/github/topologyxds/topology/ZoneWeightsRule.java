package io.github.topologyxds.topology;

import io.github.topologyxds.model.AnnotationNames;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.ServiceState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Explicit weights of zones (rule 10): the weighted ones first, the others for what they lose. */
final class ZoneWeightsRule {
  private ZoneWeightsRule() {}

  /**
   * Gives the zones of the first tier their weights; where none of it has one (the weighted zones
   * have no endpoint), its endpoints are alike.
   */
  static Selection weigh(Selection selection) {
    if (!(selection.decision().scope() instanceof Scope.WeightedZones(ZoneWeights weights))
        || selection.tiers().isEmpty()) {
      return selection;
    }
    SortedMap<String, Integer> ofTier = new TreeMap<>();
    for (Placement placement : selection.tiers().getFirst()) {
      String zone = placement.endpoint().location().zone();
      int weight = weights.byZone().getOrDefault(zone, 0);
      if (weight > 0 && placement.health() != Health.DRAINING) {
        ofTier.put(zone, weight);
      }
    }
    return new Selection(selection.decision(), selection.tiers(), ofTier);
  }

  /** Returns the zones that nobody has heard of: no Node is in them, and no endpoint says so. */
  static List<Finding> findings(ServiceState state, ZoneWeights weights) {
    return weights.byZone().keySet().stream()
        .filter(zone -> !isKnown(zone, state))
        .map(zone ->
            Finding.of(
                Reason.ZONE_WEIGHTS_UNKNOWN_ZONE,
                ObjectKey.service(state.service().name()),
                "annotation %s names \"%s\", which no Node and no endpoint of it has as its zone"
                    .formatted(AnnotationNames.ZONE_WEIGHTS, Finding.quote(zone))))
        .toList();
  }

  private static boolean isKnown(String zone, ServiceState state) {
    return state.topology().zoneByNode().containsValue(zone)
        || state.slices().stream()
            .flatMap(slice -> slice.endpoints().stream())
            .anyMatch(endpoint -> endpoint.zone().equals(zone));
  }
}
