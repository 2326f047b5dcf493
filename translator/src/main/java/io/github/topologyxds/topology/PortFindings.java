package io.github.topologyxds.topology;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the owner of a Service can mend where one of its ports has no endpoint. Where the slices or
 * endpoints themselves are at fault, they have findings of their own; a Service that is scaled to
 * zero, or whose Pods are not ready, has none.
 */
final class PortFindings {
  private PortFindings() {}

  static List<Finding> of(
      ServiceModel service, ServicePort port, Map<Family, PortEndpoints> byFamily) {
    List<Finding> findings = new ArrayList<>();
    byFamily.forEach((family, endpoints) -> {
      if (!endpoints.anyServing()) {
        add(endpoints.absence(), family, new Asked(service, port), findings);
      }
    });
    return findings;
  }

  /** A port of a Service; both families of it may say the same. */
  private record Asked(ServiceModel service, ServicePort port) {
    Finding finding(Reason reason, String message) {
      String label = port.name().isEmpty() ? "" : port.name() + " ";
      return Finding.of(
          reason,
          ObjectKey.service(service.name()),
          "port " + label + port.number() + " " + port.protocol() + ": " + message);
    }
  }

  private static void add(
      DecisionReason absence, Family family, Asked asked, List<Finding> findings) {
    if (absence == DecisionReason.PORT_NAME_NOT_IN_SLICES) {
      findings.add(
          asked.finding(
              Reason.PORT_NOT_IN_SLICES,
              "no EndpointSlice has a port named \""
                  + asked.port().name()
                  + "\", so it has no endpoint; Kubernetes leaves a port out where no container port"
                  + " has the name that targetPort has"));
    } else if (absence == DecisionReason.PROTOCOL_NOT_IN_SLICES) {
      findings.add(
          asked.finding(
              Reason.PORT_NOT_IN_SLICES,
              "the EndpointSlices have a port of this name with another protocol only, so it has no"
                  + " endpoint"));
    } else if (absence == DecisionReason.ONLY_OTHER_FAMILY
        && family == asked.service().primaryFamily()) {
      // Who asks for a family that the Service does not have gets what it asked for.
      findings.add(
          asked.finding(
              Reason.ONLY_OTHER_FAMILY,
              "clients that name no family are served "
                  + family.label()
                  + ", the first of the Service, but only the other one has endpoints that are ready"
                  + " or still serve"));
    }
  }
}
