package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.EnvoyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must hold against any API server. Everything is written through the API, in namespaces and
 * Nodes of the test's own, which it removes.
 */
abstract class ClusterScenarios {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterScenarios.class);
  private static final int ROLLED_OUT = 50;

  @TempDir private Path folder = Path.of("");

  private final String id = UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
  private final String namespace = "txds-" + id;
  private final String near = "txds-" + id + "-a";
  private TestCluster cluster;
  private ClusterReader reader;
  private TestObjects objects;

  /** Returns the kubeconfig of the cluster to test against. */
  abstract Path kubeconfig(Path into) throws Exception;

  /** How many Services stand beside poisoned ones: few where a write takes long. */
  int bystanders() {
    return 100;
  }

  /** Creates objects that nothing depends on yet. */
  void writeFast(String manifests) {
    Pattern.compile("\n---\n").splitAsStream(manifests).forEach(objects::raw);
  }

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

  /** What an API server accepts and an Envoy would not, among many that are right. */
  @Test
  void poisonCostsOnlyItself() throws Exception {
    Bystanders others = new Bystanders(namespace, bystanders());
    writeFast(others.manifests());
    try (LiveBench bench = LiveBench.start(cluster.piped(), near, namespace)) {
      awaitInSync(bench);
      for (String poison : Poison.SLICES) {
        objects.raw(poison.formatted("web"));
      }
      objects.raw(Poison.thousandEndpoints());
      for (int i = 0; i < Bystanders.CHANGED; i++) {
        objects.slice("by" + i, "by" + i, "zone-a", others.changedAddress(i));
      }
      assertThat(bench.awaitClusters(others::areRight))
          .as("the others are right")
          .isLessThan(Duration.ofSeconds(1));
      Wait.until("the good ones")
          .untilAsserted(() ->
              assertThat(bench.clusters().get(web()))
                  .extracting(host -> host.address())
                  .contains("10.77.0.1:8080", "10.77.0.2:8080", "10.77.1.1:8080")
                  .hasSize(3 + 1000 + Poison.USABLE));
      assertThat(EnvoyState.rejections(bench.envoy())).isZero();
      String metrics = bench.admin("/metrics").body();
      assertThat(metrics).contains("topology_xds_nacks_total{type=\"endpoint\"} 0.0");
      Poison.REASONS.forEach((reason, count) ->
          assertThat(Counts.of(metrics, "topology_xds_findings{reason=\"" + reason + "\"}"))
              .as(reason)
              .isGreaterThanOrEqualTo(count));
      bench.assertNeverEmpty(web());
    }
  }

  /** 50 Services x 100 endpoints are replaced ten times. */
  @Test
  void aRolloutCostsTenPushesASecondAtMost() throws Exception {
    for (int i = 0; i < ROLLED_OUT; i++) {
      objects.service("s" + i, "");
      rollOut(i, 0);
    }
    try (LiveBench bench = serve()) {
      awaitInSync(bench);
      long before = pushes(bench);
      long begun = System.nanoTime();
      for (int event = 0; event < 10 * ROLLED_OUT; event++) {
        rollOut(event % ROLLED_OUT, 1 + event / ROLLED_OUT);
      }
      Duration converged = bench.awaitInSync(reader, namespace::equals);
      assertThat(converged).as("after the last event").isLessThan(Duration.ofSeconds(2));
      long windows = (System.nanoTime() - begun) / TimeUnit.MILLISECONDS.toNanos(100) + 1;
      long pushes = pushes(bench) - before;
      LOG.info("500 events in {} windows of 100 ms: {} pushes to two clients", windows, pushes);
      LOG.info("converged {} after the last event", converged);
      // Each client gets at most one response with changes in 100 ms.
      assertThat(pushes).isPositive().isLessThanOrEqualTo(2 * windows);
      for (int i = 0; i < ROLLED_OUT; i++) {
        bench.assertNeverEmpty(namespace + "/s" + i + ":http");
      }
    }
  }

  private void rollOut(int service, int generation) {
    String[] addresses =
        IntStream.range(0, 100)
            .mapToObj(i -> "10.%d.%d.%d".formatted(100 + service, generation, i + 1))
            .toArray(String[]::new);
    objects.slice("s" + service, "s" + service + "-1", "zone-a", addresses);
  }

  private static long pushes(LiveBench bench) throws Exception {
    return Counts.of(
        bench.admin("/metrics").body(), "topology_xds_pushes_total{type=\"endpoint\"}");
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
