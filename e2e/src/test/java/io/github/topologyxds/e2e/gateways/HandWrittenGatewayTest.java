package io.github.topologyxds.e2e.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bootstrap of docs/examples/gateways/hand-written.yaml, but for its addresses. */
class HandWrittenGatewayTest extends GatewayScenario {
  /** More than one connection has streams, and more than Envoy allows a cluster by itself. */
  private static final int CLUSTERS = 1_100;

  private final ProxyPorts ports;

  HandWrittenGatewayTest() throws IOException {
    int port = FreePorts.next(2);
    ports = new ProxyPorts(port, port + 1);
  }

  private String example() throws IOException {
    return Files.readString(EXAMPLES.resolve("hand-written.yaml"))
        .replace("port_value: 19000", "port_value: " + ports.admin())
        .replace("port_value: 10080", "port_value: " + ports.listener())
        .replace("port_value: 18000", "port_value: " + bench.xdsPort())
        .replace("topology-xds.topology-xds.svc.cluster.local", "127.0.0.1")
        .replace("STRICT_DNS", "STATIC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
  void routesNearFailsOverAndBack(String apiType) throws Exception {
    String bootstrap = example().replace("api_type: DELTA_GRPC", "api_type: " + apiType);
    routesNearFailsOverAndBack(EnvoySpec.of(bootstrap, ports), "any.example");
  }

  /** All at once on a new connection, when Envoy starts and when the server is back. */
  @Test
  void elevenHundredClustersHaveAStreamEach() throws Exception {
    StringBuilder objects = new StringBuilder();
    StringBuilder clusters = new StringBuilder();
    for (int i = 0; i < CLUSTERS; i++) {
      objects.append(SERVICE.replace("#", Integer.toString(i)));
      clusters.append(CLUSTER.replace("#", Integer.toString(i)));
    }
    WorkspaceFiles.replace(bench.world().folder().resolve("many.yaml"), objects.toString());
    bench.startServer();
    EnvoyProcess envoy =
        start(EnvoySpec.of(example().replace("  clusters:\n", "  clusters:\n" + clusters), ports));
    awaitEndpoints(envoy);
    assertThat(envoy.stats("cluster.topology-xds.upstream_cx_destroy"))
        .isNotEmpty()
        .allSatisfy((stat, count) -> assertThat(count).as("connection lost: " + stat).isZero());

    bench.stopServer();
    bench.startServer();
    Map<String, Long> before = envoy.statsMatching("^cluster\\.s[0-9]+\\.update_attempt$");
    Wait.until("all streams to be back")
        .until(() ->
            envoy
                .statsMatching("^cluster\\.s[0-9]+\\.control_plane\\.connected_state$")
                .values()
                .stream()
                .allMatch(connected -> connected == 1));
    assertThat(before).hasSize(CLUSTERS);
    awaitEndpoints(envoy);
  }

  private static void awaitEndpoints(EnvoyProcess envoy) {
    Wait.until("endpoints in all clusters")
        .until(() -> {
          Map<String, Long> healthy =
              envoy.statsMatching("^cluster\\.s[0-9]+\\.membership_healthy$");
          return healthy.size() == CLUSTERS && healthy.values().stream().allMatch(one -> one == 1);
        });
  }

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {namespace: shop, name: s#}
      spec: {clusterIP: None, ports: [{name: http, port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {namespace: shop, name: s#-1, labels: {kubernetes.io/service-name: s#}}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      endpoints: [{addresses: [127.1.1.1], conditions: {ready: true}, zone: zone-a}]
      ---
      """;

  private static final String CLUSTER =
      """
      - name: s#
        type: EDS
        eds_cluster_config:
          service_name: //s#.shop:80
          eds_config:
            resource_api_version: V3
            api_config_source:
              api_type: DELTA_GRPC
              transport_api_version: V3
              grpc_services: [{envoy_grpc: {cluster_name: topology-xds}}]
      """
          .indent(2);
}
