package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.cli.PlanRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/**
 * Kubernetes' own vectors through {@code plan}: Nodes, a Service and ExternalWorkloads in files.
 */
class PlanVectorsTest {
  private static final Path VECTORS =
      Path.of("../translator/src/test/resources/vectors/hints.yaml");

  @TempDir private Path folder = Path.of("");

  record Vector(String id, Map<String, Object> data) {
    @Override
    public String toString() {
      return id;
    }
  }

  static List<Vector> allocation() throws IOException {
    return vectors("topologycache");
  }

  static List<Vector> precedence() throws IOException {
    return vectors("reconciler");
  }

  private static List<Vector> vectors(String part) throws IOException {
    Object root =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(VECTORS));
    List<Vector> vectors = new ArrayList<>();
    for (Object item : list(map(root).get(part))) {
      vectors.add(new Vector(String.valueOf(map(item).get("id")), map(item)));
    }
    return vectors;
  }

  /** Each step from nothing; a step over slices that exist needs their names and is left out. */
  @ParameterizedTest
  @MethodSource("allocation")
  void shouldAllocateAsKubernetesDoes(Vector vector) throws IOException {
    String nodes = "";
    for (Object item : list(vector.data().get("steps"))) {
      Map<String, Object> step = map(item);
      nodes = step.containsKey("nodes") ? nodes(list(step.get("nodes"))) : nodes;
      if (!step.containsKey("eps") || step.toString().contains("in=unchanged")) {
        continue;
      }
      String annotations = "{service.kubernetes.io/topology-mode: Auto}";
      Result result = plan(service(annotations, "") + nodes + workloads(list(step.get("eps"))));
      Map<String, Object> expect = map(step.get("expect"));
      SortedMap<String, Integer> hints = new TreeMap<>();
      map(expect.get("hints")).forEach((zone, count) -> hints.put(zone, (Integer) count));
      assertThat(hints(result, "forZones")).isEqualTo(hints);
      if (expect.containsKey("message") && hints.isEmpty()) {
        assertThat(result.messages()).contains(expect.get("message") + ", addressType: IPv4");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("precedence")
  void shouldLetTheSameRuleDecide(Vector vector) throws IOException {
    StringBuilder annotations = new StringBuilder("{");
    map(vector.data().get("annotations"))
        .forEach((key, value) -> annotations.append(key).append(": ").append(value).append(", "));
    Object td = vector.data().get("td");
    String distribution = td == null ? "" : "  trafficDistribution: " + td + "\n";
    String world =
        service(annotations + "}", distribution)
            + node("a1", "a", "4")
            + node("b1", "b", "4")
            + workload(1, "zone: a, nodeName: a1", true)
            + workload(2, "zone: a, nodeName: a1", true)
            + workload(3, "nodeName: a1", true)
            + workload(4, "nodeName: b1", true);
    Result result = plan(world);
    SortedMap<String, Integer> zones = hints(result, "forZones");
    SortedMap<String, Integer> nodes = hints(result, "forNodes");
    switch (String.valueOf(vector.data().get("hints"))) {
      case "none" -> assertThat(zones).isEmpty();
      case "auto" -> assertThat(zones).isEqualTo(Map.of("a", 2, "b", 2));
      default -> assertThat(zones).isEqualTo(Map.of("a", 3, "b", 1));
    }
    assertThat(nodes)
        .isEqualTo(
            "own+node".equals(vector.data().get("hints")) ? Map.of("a1", 3, "b1", 1) : Map.of());
    assertThat(result.apply(folder).plan(List.of()).isEmpty()).isTrue();
  }

  private Result plan(String world) throws IOException {
    Files.writeString(folder.resolve("world.yaml"), world);
    return PlanRun.of(folder).plan(List.of());
  }

  private static SortedMap<String, Integer> hints(Result result, String field) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (JsonNode slice : result.document().path("create")) {
      for (JsonNode endpoint : slice.path("endpoints")) {
        for (JsonNode hint : endpoint.path("hints").path(field)) {
          counts.merge(hint.path("name").asString(), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static String service(String annotations, String spec) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop, uid: u-1, annotations: %s}
    spec:
      selector: {app: cart}
      ipFamilies: [IPv4]
      ports: [{name: http, port: 80, targetPort: web}]
    %s\
    """
        .formatted(annotations, spec);
  }

  private static String nodes(List<Object> written) {
    StringBuilder nodes = new StringBuilder();
    for (Object item : written) {
      Map<String, Object> node = map(item);
      String name = "n" + nodes.length();
      String labels = String.valueOf(node.getOrDefault("labels", "{}")).replace("=", ": ");
      boolean ready = !Boolean.FALSE.equals(node.get("ready"));
      nodes.append(
          node(name, String.valueOf(node.get("zone")), node.get("cpu") + "m")
              .replace("labels: {", "labels: {" + labels.substring(1, labels.length() - 1) + ", ")
              .replace("{, ", "{")
              .replace("status: \"True\"", "status: \"" + (ready ? "True" : "False") + "\""));
    }
    return nodes.toString();
  }

  private static String node(String name, String zone, String cpu) {
    String label = zone.isEmpty() ? "" : "topology.kubernetes.io/zone: " + zone;
    return """
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: %s, labels: {%s}}
    status:
      allocatable: {cpu: "%s"}
      conditions: [{type: Ready, status: "True"}]
    """
        .formatted(name, label, cpu);
  }

  private static String workloads(List<Object> eps) {
    StringBuilder workloads = new StringBuilder();
    int number = 0;
    for (Object item : eps) {
      Map<String, Object> ep = map(item);
      Object count = ep.getOrDefault("count", 1);
      for (int i = 0; i < (Integer) count; i++) {
        String zone = String.valueOf(ep.get("zone"));
        boolean ready = Boolean.TRUE.equals(ep.getOrDefault("ready", true));
        workloads.append(workload(++number, zone.isEmpty() ? "" : "zone: " + zone, ready));
      }
    }
    return workloads.toString();
  }

  private static String workload(int number, String place, boolean ready) {
    return """
    ---
    apiVersion: topology-xds.io/v1alpha1
    kind: ExternalWorkload
    metadata: {name: vm-%d, namespace: shop, labels: {app: cart}}
    spec: {addresses: [10.0.0.%d], ports: [{name: web, port: 8080}], %s}
    status: {conditions: [{type: Ready, status: "%s"}]}
    """
        .formatted(number, number, place, ready ? "True" : "False");
  }

  @SuppressWarnings("unchecked") // the vectors' file is our own
  private static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // likewise
  private static List<Object> list(@Nullable Object value) {
    return value == null ? List.of() : (List<Object>) value;
  }
}
