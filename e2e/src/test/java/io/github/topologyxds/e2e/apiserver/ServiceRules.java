package io.github.topologyxds.e2e.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a real API server refuses in a Service, as far as it bears on topology. */
final class ServiceRules {
  private static final String MODE = "service.kubernetes.io/topology-mode";
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final Set<String> DISTRIBUTIONS =
      Set.of("PreferClose", "PreferSameZone", "PreferSameNode");

  private ServiceRules() {}

  static List<Violation> judge(JsonNode service) {
    List<Violation> found = new ArrayList<>();
    JsonNode annotations = service.path("metadata").path("annotations");
    if (annotations.has(MODE)
        && annotations.has(HINTS)
        && !annotations.path(MODE).equals(annotations.path(HINTS))) {
      found.add(
          Violation.invalid(
              "metadata.annotations[" + MODE + "]",
              annotations.path(MODE).asString(),
              "must match annotations[" + HINTS + "] when both are specified"));
    }
    JsonNode spec = service.path("spec");
    boolean needsPorts =
        !spec.path("type").asString("").equals("ExternalName")
            && !spec.path("clusterIP").asString("").equals("None");
    if (needsPorts && spec.path("ports").isEmpty()) {
      found.add(Violation.required("spec.ports", ""));
    }
    String distribution = spec.path("trafficDistribution").asString("");
    if (spec.has("trafficDistribution") && !DISTRIBUTIONS.contains(distribution)) {
      found.add(
          Violation.unsupported(
              "spec.trafficDistribution",
              distribution,
              "\"PreferClose\", \"PreferSameZone\", \"PreferSameNode\""));
    }
    return List.copyOf(found);
  }
}
