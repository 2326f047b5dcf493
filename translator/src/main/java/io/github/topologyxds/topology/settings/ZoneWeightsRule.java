package io.github.topologyxds.topology.settings;

import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import java.util.List;

/** Explicit weights of zones (rule 10): what is odd about them. */
public final class ZoneWeightsRule {
  private ZoneWeightsRule() {}

  /** Returns the zones that nobody has heard of: no Node is in them, and no endpoint says so. */
  public static List<Finding> findings(ServiceState state, ZoneWeights weights) {
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
