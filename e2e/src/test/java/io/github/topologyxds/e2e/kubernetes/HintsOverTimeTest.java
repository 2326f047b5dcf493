package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.kubernetes.events.ObjectEvents;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.SliceWriter;
import io.github.topologyxds.source.kubernetes.KubernetesSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Auto's hints do while time passes on the writer's clock, and when the Nodes change. */
class HintsOverTimeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final LeaseName LEASE = new LeaseName("topology-xds", "topology-xds");
  private static final String ENABLED = "TopologyAwareHintsEnabled";
  private static final String DISABLED = "TopologyAwareHintsDisabled";

  @TempDir private Path folder = Path.of("");
  private final ApiServer api = ApiServer.start();
  private final AtomicLong ahead = new AtomicLong();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  @BeforeEach
  void start() throws Exception {
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
    node("a", 4, "True");
    node("b", 4, "True");
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: db
          namespace: shop
          annotations: {service.kubernetes.io/topology-mode: Auto}
        spec: {selector: {app: db}, ports: [{name: pg, port: 5432}]}
        """);
    for (int i = 1; i <= 6; i++) {
      workload(i, "10.88.0." + i);
    }
    KubernetesAccess access = KubernetesAccess.open(api.kubeconfig(folder), null);
    parts.push(access);
    ObjectEvents events = ObjectEvents.start(access);
    parts.push(events);
    SliceWriter writer =
        SliceWriter.start(
            SliceReplica.settings("txds", LEASE, "10.88.0.0/16"),
            new SliceWriter.Surroundings(
                access.writes(), events, () -> System.nanoTime() + ahead.get()));
    parts.push(writer);
    parts.push(KubernetesSource.startPlanning(access, List.of(), writer));
  }

  @AfterEach
  void stop() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
    api.close();
  }

  private void node(String zone, int cpu, String ready) {
    api.put(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: node-%s, labels: {topology.kubernetes.io/zone: zone-%s}}
        status:
          allocatable: {cpu: "%d"}
          conditions: [{type: Ready, status: "%s"}]
        """
            .formatted(zone, zone, cpu, ready));
  }

  /** Three in zone-a, the rest in zone-b. */
  private void workload(int number, String address) {
    api.put(
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: vm-%d, namespace: shop, labels: {app: db}}
        spec: {addresses: ["%s"], zone: zone-%s}
        """
            .formatted(number, address, number <= 3 ? "a" : "b"));
  }

  /** Returns the hinted zone by address; "" where there is no hint. */
  private SortedMap<String, String> hints() {
    SortedMap<String, String> hints = new TreeMap<>();
    for (JsonNode slice : api.list(ResourceKind.ENDPOINT_SLICES)) {
      for (JsonNode endpoint : slice.path("endpoints")) {
        hints.put(
            endpoint.path("addresses").path(0).asString(),
            endpoint.path("hints").path("forZones").path(0).path("name").asString(""));
      }
    }
    return hints;
  }

  private void awaitZones(int hintedForA, int hintedForB) {
    Wait.until(hintedForA + " hints for zone-a, " + hintedForB + " for zone-b")
        .untilAsserted(() -> {
          assertThat(hints().values()).hasSize(6).filteredOn("zone-a"::equals).hasSize(hintedForA);
          assertThat(hints().values()).filteredOn("zone-b"::equals).hasSize(hintedForB);
        });
  }

  private void awaitHints(Map<String, String> expected) {
    Wait.until("hints " + expected).untilAsserted(() -> assertThat(hints()).isEqualTo(expected));
  }

  /** All that were asked for, in their order, whether the API server had them already or not. */
  private List<String> events() {
    return api.requests().stream()
        .filter(request -> request.verb() == Verb.CREATE && request.path().endsWith("/events"))
        .map(request -> JSON.readTree(request.body()).path("reason").asString())
        .toList();
  }

  private void awaitEvents(String... expected) {
    Wait.until("the Events").untilAsserted(() -> assertThat(events()).containsExactly(expected));
  }

  private void pass(int seconds) {
    ahead.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void tooFewEndpointsTakeTheHintsAwayAfterAMinute() {
    awaitZones(3, 3);
    for (int i = 2; i <= 6; i++) {
      api.delete(ResourceKind.EXTERNAL_WORKLOADS, "shop", "vm-" + i);
    }
    awaitHints(Map.of("10.88.0.1", "zone-a"));
    pass(40);
    workload(1, "10.88.1.1");
    awaitHints(Map.of("10.88.1.1", "zone-a"));
    assertThat(events()).containsExactly(ENABLED);

    pass(30);
    awaitHints(Map.of("10.88.1.1", ""));
    workload(1, "10.88.2.1");
    awaitHints(Map.of("10.88.2.1", ""));
    awaitEvents(ENABLED, DISABLED);
    for (int i = 2; i <= 6; i++) {
      workload(i, "10.88.0." + i);
    }
    awaitZones(3, 3);
    // Five endpoints, if the writer sees them, are disabled for another reason, and that is told.
    Wait.until("the Event")
        .untilAsserted(() -> assertThat(events()).endsWith(ENABLED).hasSizeBetween(3, 4));
  }

  @Test
  void aShortRefusalIsNotSeen() {
    awaitZones(3, 3);
    for (int round = 0; round < 2; round++) {
      for (int i = 2; i <= 6; i++) {
        api.delete(ResourceKind.EXTERNAL_WORKLOADS, "shop", "vm-" + i);
      }
      awaitHints(Map.of("10.88.0.1", "zone-a"));
      pass(40);
      for (int i = 2; i <= 6; i++) {
        workload(i, "10.88.0." + i);
      }
      awaitZones(3, 3);
    }
    node("b", 4, "False");
    awaitZones(0, 0);
    awaitEvents(ENABLED, DISABLED);
  }

  @Test
  void hintsFollowTheNodes() {
    awaitZones(3, 3);
    node("a", 8, "True");
    awaitZones(4, 2);
    node("a", 4, "True");
    awaitZones(3, 3);
    node("b", 4, "False");
    awaitZones(0, 0);
    node("b", 4, "True");
    awaitZones(3, 3);
    awaitEvents(ENABLED, DISABLED, ENABLED);
  }
}
