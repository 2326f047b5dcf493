package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.replicas.CommandRun;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} tells of an API server, of rights and of controllers. */
class CheckedClusterTest {
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-a}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: node-b}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {clusterIP: 10.96.0.9, ports: [{name: http, port: 80, protocol: TCP}]}
      """;

  @TempDir private Path folder = Path.of("");
  private final ApiServer cluster = ApiServer.start();
  private Path kubeconfig = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    kubeconfig = cluster.kubeconfig(folder);
    cluster.put(CLUSTER);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private List<String> check(String flags) {
    CommandRun run = CommandRun.of("check" + flags);
    assertThat(run.err()).isEmpty();
    return run.out().lines().map(String::strip).toList();
  }

  private List<String> before() {
    return check(" --pre --kubeconfig " + kubeconfig);
  }

  @Test
  void beforeAnythingIsInstalled() {
    renewed("2020-01-01T00:00:00.000000Z");
    assertThat(before())
        .containsSubsequence(
            "kubernetes",
            "ok    API server v1.36.3 at " + cluster.uri() + "/, as topology-xds   API_SERVER",
            "ok    this account may list and watch services, endpointslices, nodes, namespaces;"
                + " create events   RIGHTS",
            "topology",
            "WARN  Node node-b has no zone   NODE_WITHOUT_ZONE",
            "services  (1)")
        .anyMatch(line ->
            line.matches(
                "ERROR kube-controller-manager has not renewed its Lease for \\d+ s: nobody writes"
                    + " EndpointSlices   SLICE_CONTROLLER"));
    renewed(Instant.now().toString());
    assertThat(before())
        .anyMatch(line ->
            line.startsWith("ok    the EndpointSlice controller lives: kube-controller-manager"));
  }

  @Test
  void aControllerThatCannotBeSeenIsKnownByItsSlices() {
    assertThat(before())
        .contains(
            "WARN  no EndpointSlice is of the EndpointSlice controller, and its Lease cannot be"
                + " read   SLICE_CONTROLLER");
    cluster.put(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: web-1
          namespace: shop
          labels:
            kubernetes.io/service-name: web
            endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io
        addressType: IPv4
        endpoints: []
        """);
    assertThat(before())
        .anyMatch(line -> line.startsWith("note  there are EndpointSlices of the EndpointSlice"));
  }

  @Test
  void rightsAreAskedForVerbByVerb() {
    cluster.faults().inject(new Fault.Forbidden(), Where.of(ResourceKind.NODES).only(Verb.WATCH));
    assertThat(before())
        .contains(
            "ok    this account may list and watch services, endpointslices, namespaces; list"
                + " nodes; create events   RIGHTS",
            "ERROR this account may not watch nodes   RIGHTS");
    cluster
        .faults()
        .inject(new Fault.Forbidden(), Where.of(ResourceKind.ENDPOINT_SLICES).only(Verb.LIST));
    assertThat(before())
        .contains("ERROR this account may not list endpointslices   RIGHTS")
        .anyMatch(line ->
            line.startsWith("ERROR the objects of kind EndpointSlice cannot be listed: the API"))
        .noneMatch(line -> line.startsWith("services"));
    assertThat(CommandRun.of("check --pre --fail-on error --kubeconfig " + kubeconfig).exit())
        .isEqualTo(1);
  }

  @Test
  void anApiServerThatDoesNotAnswerIsTheOnlyLine() {
    cluster.stopListening();
    assertThat(before())
        .anyMatch(line ->
            line.startsWith("ERROR the API server at 127.0.0.1") && line.endsWith("API_SERVER"))
        .hasSize(4);
  }

  @Test
  void preAndFilesAreWrongUsage() {
    CommandRun run = CommandRun.of("check --pre -f " + folder);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--pre asks the cluster itself").hasLineCount(1);
  }

  /** A running server asks for the rights of its own account. */
  @Test
  void aServerTellsOfItsRights() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ControlPlane server =
        ControlPlane.start(
            new ServeSettings(
                    new SourceSettings.Cluster(kubeconfig, null, List.of()),
                    any,
                    any,
                    RoutingOptions.DEFAULT)
                .withApi(new ApiSettings(any, List.of())))) {
      await().until(() -> server.store().complete());
      String address = " --admin 127.0.0.1:" + server.apiPort().orElseThrow();
      assertThat(check(address))
          .contains(
              "ok    the server may list and watch services, endpointslices, nodes, namespaces;"
                  + " create events   RIGHTS");
      cluster
          .faults()
          .inject(new Fault.Forbidden(), Where.of(ResourceKind.EVENTS).only(Verb.CREATE));
      assertThat(check(address)).contains("ERROR the server may not create events   RIGHTS");
    }
  }

  private void renewed(String time) {
    cluster.put(
        """
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: kube-controller-manager, namespace: kube-system}
        spec: {holderIdentity: one, leaseDurationSeconds: 15, renewTime: "%s"}
        """
            .formatted(time));
  }
}
