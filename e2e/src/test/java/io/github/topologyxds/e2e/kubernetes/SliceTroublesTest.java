package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told when slices of ours cannot be as somebody wants them. */
class SliceTroublesTest {
  private static final LeaseName LEASE = new LeaseName("topology-xds", "topology-xds");
  private static final WriterSettings SETTINGS =
      SliceReplica.settings("txds", LEASE, "10.88.0.0/16");

  @TempDir private Path folder = Path.of("");
  private final ApiServer api = ApiServer.start();

  @BeforeEach
  void prepare() {
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, ports: [{name: pg, port: 5432}]}
        """);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void workload(int number, String address, String port) {
    api.put(
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: vm-%d, namespace: shop, labels: {app: db}}
        spec: {addresses: ["%s"], zone: zone-a, ports: [{name: %s, port: 6432}]}
        """
            .formatted(number, address, port));
  }

  private List<String> events() {
    return api.list(ResourceKind.EVENTS).stream()
        .filter(event -> event.path("involvedObject").path("name").asString().equals("db"))
        .map(event -> event.path("reason").asString())
        .toList();
  }

  private static String finding(String reason, int count) {
    return "topology_xds_findings{reason=\"" + reason + "\"} " + count + ".0";
  }

  private static void awaitMetrics(SliceReplica replica, String... lines) {
    Wait.until(String.join(" ", lines))
        .untilAsserted(() -> assertThat(replica.metrics()).contains(lines));
  }

  /** What makes an address ours to publish is the flag alone. */
  @Test
  void whatIsLeftOutIsToldOnTheServiceAndCounted() throws Exception {
    workload(1, "10.99.0.1", "pg");
    workload(2, "10.88.0.2", "pg");
    workload(3, "10.88.0.2", "pg");
    workload(4, "10.88.0.4", "No_Name");
    workload(5, "10.88.0.5", "pg");
    api.put(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: theirs
          namespace: shop
          labels: {kubernetes.io/service-name: db, endpointslice.kubernetes.io/managed-by: them}
        addressType: IPv4
        ports: [{name: pg, port: 5432}]
        endpoints: [{addresses: [10.88.0.5], conditions: {ready: true}}]
        """);
    try (SliceReplica replica = SliceReplica.start(api.kubeconfig(folder), SETTINGS)) {
      awaitMetrics(
          replica,
          finding("ADDRESS_NOT_ALLOWED", 1),
          finding("ENDPOINT_DUPLICATE", 1),
          finding("ADDRESS_OF_ANOTHER_MANAGER", 1),
          finding("NAME_INVALID", 1));
      Wait.until("the Events")
          .untilAsserted(() ->
              assertThat(events())
                  .containsExactlyInAnyOrder(
                      "ADDRESS_NOT_ALLOWED",
                      "ENDPOINT_DUPLICATE",
                      "ADDRESS_OF_ANOTHER_MANAGER",
                      "NAME_INVALID"));
      workload(4, "10.88.0.4", "pg");
      api.delete(ResourceKind.SERVICES, "shop", "db");
      awaitMetrics(
          replica,
          finding("ADDRESS_NOT_ALLOWED", 0),
          finding("ENDPOINT_DUPLICATE", 0),
          finding("ADDRESS_OF_ANOTHER_MANAGER", 0),
          finding("NAME_INVALID", 0));
    }
  }

  /** Whatever the cause: shown, counted, and no reason to serve nobody. */
  @ParameterizedTest
  @CsvSource({
    "lease, LEASES, 403",
    "lease, LEASES, 500",
    "write, ENDPOINT_SLICES, 403",
    "write, ENDPOINT_SLICES, 422",
    "write, ENDPOINT_SLICES, 503"
  })
  void aWriterThatCannotWriteSaysSo(String cause, ResourceKind kind, int status) throws Exception {
    workload(1, "10.88.0.1", "pg");
    Where where = Where.of(kind);
    var refused =
        api.faults()
            .inject(
                new Fault.HttpError(status),
                kind == ResourceKind.LEASES ? where : where.only(Verb.CREATE));
    String metric = "topology_xds_slices_trouble{cause=\"" + cause + "\"} ";
    try (SliceReplica replica = SliceReplica.start(api.kubeconfig(folder), SETTINGS)) {
      awaitMetrics(replica, metric + "1.0");
      assertThat(replica.admin("/readyz").statusCode()).isEqualTo(200);
      assertThat(replica.admin("/readyz").body())
          .startsWith("ok\n")
          .containsPattern("EndpointSlices are not written: .*" + status);
      assertThat(replica.controlPlane().store().complete()).isTrue();
      refused.close();
      awaitMetrics(replica, metric + "0.0");
      Wait.until("slices are written")
          .until(() -> !api.list(ResourceKind.ENDPOINT_SLICES).isEmpty());
      assertThat(replica.admin("/readyz").body()).isEqualTo("ok\n");
    }
  }

  /** Clients are served without a single watch of those that only slices are made from. */
  @Test
  void whatSlicesWaitForIsShownAndHoldsUpNothingElse() throws Exception {
    workload(1, "10.88.0.1", "pg");
    var missing =
        api.faults().inject(new Fault.HttpError(403), Where.of(ResourceKind.EXTERNAL_WORKLOADS));
    try (SliceReplica replica = SliceReplica.start(api.kubeconfig(folder), SETTINGS)) {
      Wait.until("the first complete state").until(replica.controlPlane().store()::complete);
      assertThat(replica.admin("/readyz").statusCode()).isEqualTo(200);
      Wait.until("the reason is shown")
          .untilAsserted(() ->
              assertThat(replica.admin("/readyz").body())
                  .startsWith("ok\n")
                  .containsPattern("no EndpointSlice .* for ExternalWorkload .*403"));
      assertThat(replica.metrics())
          .contains(
              "topology_xds_slices_watch_synced{kind=\"ExternalWorkload\",namespace=\"\"} 0.0");
      assertThat(api.list(ResourceKind.ENDPOINT_SLICES)).isEmpty();
      missing.close();
      awaitMetrics(
          replica,
          "topology_xds_slices_watch_synced{kind=\"ExternalWorkload\",namespace=\"\"} 1.0",
          "topology_xds_slices_watch_synced{kind=\"Endpoints\",namespace=\"\"} 1.0",
          "topology_xds_slices_watch_stale{kind=\"EndpointSlice\",namespace=\"\"} 0.0");
      assertThat(replica.admin("/readyz").body()).isEqualTo("ok\n");
      Wait.until("slices are written")
          .until(() -> !api.list(ResourceKind.ENDPOINT_SLICES).isEmpty());
    }
  }
}
