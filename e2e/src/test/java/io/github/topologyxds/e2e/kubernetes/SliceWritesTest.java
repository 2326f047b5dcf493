package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.RecordedRequest;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.SteadyChanges;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the writer asks of the API server, by the server's own log. */
class SliceWritesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String USER = "topology-xds";
  private static final LeaseName LEASE = new LeaseName("topology-xds", "topology-xds");
  private static final WriterSettings SETTINGS =
      SliceReplica.settings("txds", LEASE, "10.88.0.0/16");

  @TempDir private Path folder = Path.of("");
  private final ApiServer api = ApiServer.start();

  @BeforeEach
  void prepare() {
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
    service("shop", "db");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void service(String namespace, String name) {
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s}
        spec: {selector: {app: %s}, ports: [{name: pg, port: 5432}]}
        """
            .formatted(name, namespace, name));
  }

  private void workload(int number, String address) {
    api.put(
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: vm-%d, namespace: shop, labels: {app: db}}
        spec: {addresses: ["%s"], zone: zone-a}
        """
            .formatted(number, address));
  }

  private SortedSet<String> published() {
    SortedSet<String> addresses = new TreeSet<>();
    for (JsonNode slice : api.list(ResourceKind.ENDPOINT_SLICES)) {
      slice.path("endpoints").forEach(e -> addresses.add(e.path("addresses").path(0).asString()));
    }
    return addresses;
  }

  private void awaitPublished(String address) {
    Wait.until(address + " is published").until(() -> published().contains(address));
  }

  private Stream<RecordedRequest> writes(String user) {
    return api.requests().stream()
        .filter(request -> request.verb().writes() && request.user().equals(user))
        .filter(request -> request.path().contains("/endpointslices"));
  }

  @Test
  void aChangeOfOneEndpointWritesOneSlice() throws Exception {
    int endpoints = 3 * SliceReplica.MAX_ENDPOINTS + 5;
    for (int i = 1; i <= endpoints; i++) {
      workload(i, "10.88.0." + i);
    }
    try (SliceReplica replica = SliceReplica.start(api.kubeconfig(folder), SETTINGS)) {
      Wait.until("all are published").until(() -> published().size() == endpoints);
      assertThat(api.list(ResourceKind.ENDPOINT_SLICES)).hasSize(4);
      awaitQuiet();
      api.clearRequests();
      workload(7, "10.88.1.7");
      awaitPublished("10.88.1.7");
      awaitQuiet();
      assertThat(writes(USER)).hasSize(1);
      assertThat(published()).hasSize(endpoints).doesNotContain("10.88.0.7");
      assertThat(replica.metrics())
          .contains(
              "topology_xds_slices_writes_total{result=\"ok\",verb=\"create\"} 4.0",
              "topology_xds_slices_writes_total{result=\"ok\",verb=\"update\"} 1.0",
              "topology_xds_slices_owned 4.0");
    }
  }

  /** Another change goes all the way; whatever came before it has come to its end. */
  private void awaitQuiet() {
    service("shop", "probe");
    api.put(
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: probe, namespace: shop, labels: {app: other}}
        spec: {addresses: ["10.88.9.9"], zone: zone-a}
        """);
    long renewals = renewals();
    Wait.until("the Lease is renewed twice").until(() -> renewals() >= renewals + 2);
  }

  private long renewals() {
    return api.requests().stream().filter(r -> r.path().contains("/leases/")).count();
  }

  @Test
  void everyWriteNamesTheVersionThatItIsMeantFor() throws Exception {
    workload(1, "10.88.0.1");
    try (SliceReplica replica = SliceReplica.start(api.kubeconfig(folder), SETTINGS)) {
      awaitPublished("10.88.0.1");
      workload(1, "10.88.0.2");
      awaitPublished("10.88.0.2");
      api.delete(ResourceKind.EXTERNAL_WORKLOADS, "shop", "vm-1");
      Wait.until("it is gone").until(() -> published().isEmpty());
      assertThat(replica.leads()).isTrue();
    }
    List<RecordedRequest> writes = writes(USER).toList();
    assertThat(writes).extracting(RecordedRequest::verb).contains(Verb.UPDATE, Verb.DELETE);
    for (RecordedRequest write : writes) {
      JsonNode body = JSON.readTree(write.body());
      switch (write.verb()) {
        case UPDATE ->
            assertThat(body.path("metadata").path("resourceVersion").asString()).isNotEmpty();
        case DELETE -> {
          assertThat(body.path("preconditions").path("uid").asString()).isNotEmpty();
          assertThat(body.path("preconditions").path("resourceVersion").asString()).isNotEmpty();
        }
        case CREATE -> assertThat(body.path("metadata").has("generateName")).isTrue();
        case GET, LIST, WATCH, PATCH -> throw new AssertionError(write);
      }
    }
  }

  @Test
  void withoutTheFlagNothingIsWrittenAndNothingMoreIsRead() throws Exception {
    workload(1, "10.88.0.1");
    try (var plain = LiveBench.serve(api.kubeconfig(folder), 0)) {
      Wait.until("the first complete state").until(plain.store()::complete);
    }
    assertThat(api.requests()).noneMatch(request -> request.verb().writes());
    assertThat(kinds(api.requests()))
        .containsExactly(
            "endpointslices", "namespaces", "nodes", "servicecidrs", "services", "zonalshifts");
  }

  private static SortedSet<String> kinds(List<RecordedRequest> requests) {
    return requests.stream()
        .map(request -> request.path().replaceAll(".*/", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void errorsOfTheServerAreOutlived() throws Exception {
    workload(1, "10.88.0.1");
    Where slices = Where.of(ResourceKind.ENDPOINT_SLICES);
    api.faults().inject(new Fault.HttpError(500), slices.only(Verb.CREATE), 2);
    api.faults().inject(new Fault.HttpError(429, 1), slices.only(Verb.CREATE), 1);
    try (SliceReplica replica = SliceReplica.start(api.kubeconfig(folder), SETTINGS)) {
      awaitPublished("10.88.0.1");
      assertThat(api.list(ResourceKind.ENDPOINT_SLICES)).hasSize(1);
      assertThat(writes(USER)).as("no storm").hasSize(4);
      api.faults().inject(new Fault.Reset(), slices.only(Verb.UPDATE), 1);
      workload(1, "10.88.0.2");
      awaitPublished("10.88.0.2");
      assertThat(replica.metrics())
          .contains("topology_xds_slices_writes_total{result=\"unavailable\",verb=\"create\"} 3.0");
    }
  }

  /** A pause of the whole process, as a long garbage collection or a slow node makes it. */
  @Test
  void aFrozenLeaderWritesNothingAfterItsLease() throws Exception {
    workload(1, "10.88.0.1");
    try (FrozenReplica frozen = FrozenReplica.start(api.kubeconfig(folder, "frozen"), LEASE)) {
      awaitPublished("10.88.0.1");
      try (SliceReplica other = SliceReplica.start(api.kubeconfig(folder, "other"), SETTINGS);
          SteadyChanges changes = new SteadyChanges(i -> workload(1, TestObjects.address(i)))) {
        Wait.until("changes flow").until(() -> writes("frozen").count() > 20);
        frozen.freeze();
        Wait.until("the other one leads").atMost(Duration.ofSeconds(25)).until(other::leads);
        Wait.until("it writes").until(() -> writes("other").count() > 20);
        frozen.thaw();
        long before = writes("other").count();
        Wait.until("both have had time")
            .atMost(Duration.ofSeconds(20))
            .until(() -> writes("other").count() > before + 100);
        assertThat(changes.running()).isTrue();
      }
    }
    Instant taken = leaseWrites("other").getFirst().at();
    Instant ranOut =
        leaseWrites("frozen").stream()
            .map(RecordedRequest::at)
            .filter(at -> at.isBefore(taken))
            .reduce((first, second) -> second)
            .orElseThrow()
            .plus(Duration.ofSeconds(15));
    assertThat(taken).isAfterOrEqualTo(ranOut.minusMillis(500));
    assertThat(writes("frozen").filter(r -> r.status() < 300 && r.at().isAfter(taken))).isEmpty();
    assertThat(writes("frozen").filter(r -> r.status() < 300 && r.at().isAfter(ranOut))).isEmpty();
    assertThat(leaseWrites("frozen")).noneMatch(renewal -> renewal.at().isAfter(taken));
  }

  private List<RecordedRequest> leaseWrites(String user) {
    return api.requests().stream()
        .filter(request -> request.verb().writes() && request.user().equals(user))
        .filter(request -> request.path().contains("/leases") && request.status() < 300)
        .toList();
  }
}
