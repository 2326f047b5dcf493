package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.EnvoyState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold against any API server. Everything is written through the API, in namespaces and
 * Nodes of the test's own, which it removes.
 */
abstract class ClusterScenarios {
  @TempDir private Path folder = Path.of("");

  private final String id = UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
  private final String namespace = "txds-" + id;
  private final String near = "txds-" + id + "-a";
  private TestCluster cluster;
  private ClusterReader reader;
  private TestObjects objects;

  /** Returns the kubeconfig of the cluster to test against. */
  abstract Path kubeconfig(Path into) throws Exception;

  /** Is called when all is cleaned up. */
  void release() {}

  @BeforeEach
  final void prepare() throws Exception {
    cluster = TestCluster.of(kubeconfig(folder), folder);
    reader = new ClusterReader(cluster.direct());
    objects = new TestObjects(reader.client(), namespace);
    objects.namespace();
    objects.node(near, "zone-a");
    objects.service("web", "");
    objects.slice("web", "web-a", "zone-a", "10.77.0.1", "10.77.0.2");
    objects.slice("web", "web-b", "zone-b", "10.77.1.1");
  }

  @AfterEach
  final void remove() throws Exception {
    objects.close();
    reader.close();
    cluster.close();
    release();
  }

  private LiveBench serve() throws Exception {
    return LiveBench.start(cluster.piped(), near);
  }

  final void awaitInSync(LiveBench bench) {
    bench.awaitInSync(reader, namespace::equals);
  }

  private String web() {
    return namespace + "/web:http";
  }

  private void awaitTiers(LiveBench bench, String expected) {
    Wait.until("tiers " + expected)
        .untilAsserted(() -> assertThat(tiers(bench)).isEqualTo(expected));
  }

  /** {@code a0 a0 b1}: the zone and priority of each host of the Service web. */
  private String tiers(LiveBench bench) throws Exception {
    return bench.clusters().getOrDefault(web(), new TreeSet<>()).stream()
        .map(host -> host.zone().replace("zone-", "") + host.priority())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  @Test
  void followsWhatIsCreatedChangedAndDeleted() throws Exception {
    try (LiveBench bench = serve()) {
      awaitInSync(bench);
      awaitTiers(bench, "a0 a0 b1");
      objects.slice("web", "web-a", "zone-a", "10.77.0.2", "10.77.0.3");
      objects.service("late", "");
      objects.slice("late", "late-1", "zone-a", "10.77.2.1");
      awaitInSync(bench);
      bench.assertNeverEmpty(web());
      objects.delete("Service", "late");
      objects.delete("EndpointSlice", "web-b");
      awaitInSync(bench);
      awaitTiers(bench, "a0 a0");
      bench.assertNeverEmpty(web());
    }
  }

  @Test
  void aClientIsWhereItsNodeIs() throws Exception {
    objects.delete("Node", near);
    try (LiveBench bench = serve()) {
      awaitTiers(bench, "a0 a0 b0");
      objects.node(near, "zone-b");
      awaitTiers(bench, "a1 a1 b0");
      objects.node(near, "zone-a");
      awaitTiers(bench, "a0 a0 b1");
      objects.delete("Node", near);
      // What comes after the deletion shows that it has been seen.
      objects.slice("web", "web-a", "zone-a", "10.77.0.1", "10.77.0.2", "10.77.0.3");
      awaitTiers(bench, "a0 a0 a0 b1");
      assertThat(bench.envoy().stats("cluster_manager.cds.update_attempt")).isNotEmpty();
      assertThat(bench.envoy().stats("control_plane.connected_state")).containsValue(1L);
    }
  }

  @Test
  void brokenConnectionsLoseNothing() throws Exception {
    objects.service("gone", "");
    objects.slice("gone", "gone-1", "zone-a", "10.77.3.1");
    try (LiveBench bench = serve()) {
      awaitInSync(bench);
      for (int i = 1; i <= 10; i++) {
        cluster.pipe().cut();
        objects.slice("web", "web-b", "zone-b", "10.77.1." + i);
      }
      objects.delete("Service", "gone");
      objects.delete("EndpointSlice", "gone-1");
      awaitInSync(bench);
      bench.assertNeverEmpty(web());
    }
  }

  @Test
  void aBadAnnotationIsToldOnTheService() throws Exception {
    objects.service("odd", "topology-xds.io/preference: nearby");
    try (LiveBench bench = serve();
        LiveBench replica = serve()) {
      awaitInSync(bench);
      awaitInSync(replica);
      Wait.until("the Event").untilAsserted(() -> assertThat(events()).isNotEmpty());
      objects.service("odd", "topology-xds.io/preference: nearby, other: x");
      objects.service("later", "topology-xds.io/not-ready: maybe");
      Wait.until("the second Event")
          .untilAsserted(() ->
              assertThat(events())
                  .containsExactlyInAnyOrder("PREFERENCE_INVALID odd", "NOT_READY_INVALID later"));
    }
  }

  private List<String> events() {
    return reader.client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getSource().getComponent().equals("topology-xds"))
        .map((Event event) -> event.getReason() + " " + event.getInvolvedObject().getName())
        .toList();
  }

  @Test
  void otherNamespacesCanBeLeftOut() throws Exception {
    try (LiveBench bench = LiveBench.start(cluster.piped(), near, namespace)) {
      awaitTiers(bench, "a0 a0 b1");
      assertThat(bench.clusters().keySet()).allMatch(name -> name.startsWith(namespace + "/"));
      objects.slice("web", "web-a", "zone-a", "10.77.0.9");
      awaitTiers(bench, "a0 b1");
    }
  }

  /** F11: what an API server accepts and an Envoy would not. */
  @Test
  void poisonCostsOnlyItself() throws Exception {
    try (LiveBench bench = serve()) {
      for (String poison : Poison.SLICES) {
        objects.raw(poison.formatted("web"));
      }
      objects.raw(Poison.thousandEndpoints());
      objects.service("after", "");
      objects.slice("after", "after-1", "zone-a", "10.77.4.1");
      Wait.until("what came last")
          .untilAsserted(
              () -> assertThat(bench.clusters().get(namespace + "/after:http")).hasSize(1));
      Wait.until("the good ones")
          .untilAsserted(() ->
              assertThat(bench.clusters().get(web()))
                  .extracting(host -> host.address())
                  .contains("10.77.0.1:8080", "10.77.0.2:8080", "10.77.1.1:8080")
                  .hasSize(3 + 1000 + Poison.USABLE));
      assertThat(EnvoyState.rejections(bench.envoy())).isZero();
      assertThat(bench.admin("/metrics").body())
          .contains("topology_xds_nacks_total{type=\"endpoint\"} 0.0");
      bench.assertNeverEmpty(web());
    }
  }

  /** Returns the client of the test itself. */
  final KubernetesClient client() {
    return reader.client();
  }

  final TestObjects objects() {
    return objects;
  }

  final String namespace() {
    return namespace;
  }

  /** Returns the connection between the product and the API server. */
  final FaultPipe pipe() {
    return cluster.pipe();
  }

  /** Returns the Node that the client is on, in zone-a. */
  final String near() {
    return near;
  }

  final LiveBench bench() throws Exception {
    return serve();
  }
}
