package io.github.topologyxds.e2e.csds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.e2e.programs.GoProgram;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** grpcurl, which nobody here wrote, asks the API's port about real Envoys. */
@Tag("csds")
class GrpcurlTest {
  private static final String GRPCURL = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";
  private static final String SERVICE = "envoy.service.status.v3.ClientStatusDiscoveryService";

  private static final String MANIFESTS =
      """
      {apiVersion: v1, kind: Node,
       metadata: {name: node-a, labels: {topology.kubernetes.io/zone: zone-a}}}
      ---
      {apiVersion: v1, kind: Node,
       metadata: {name: node-b, labels: {topology.kubernetes.io/zone: zone-b}}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
       spec: {clusterIP: 10.96.0.1, trafficDistribution: PreferSameZone,
              ports: [{name: http, port: 80}]}}
      ---
      {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
       metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}},
       ports: [{name: http, port: 8080}],
       endpoints: [{addresses: [10.0.1.1], zone: zone-a, nodeName: node-a},
                   {addresses: [10.0.2.1], zone: zone-b, nodeName: node-b}]}
      """;

  @TempDir private Path folder = Path.of("");
  private ControlPlane controlPlane;
  private String api = "";

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("all.yaml"), MANIFESTS);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    controlPlane =
        ControlPlane.start(
            new ServeSettings(new SourceSettings.Folder(folder), any, any, RoutingOptions.DEFAULT)
                .withApi(new ApiSettings(any, List.of())));
    api = "127.0.0.1:" + controlPlane.apiPort().orElseThrow();
  }

  @AfterEach
  void stop() {
    controlPlane.close();
  }

  private static String ask(String... arguments) throws Exception {
    GoProgram.Result result = GoProgram.install("grpcurl", GRPCURL).run(arguments);
    assertThat(result.exitCode()).as("grpcurl: %s", result.err()).isZero();
    return result.out();
  }

  private JsonNode status(String method, String request) throws Exception {
    return new JsonMapper().readTree(ask("-plaintext", "-d", request, api, SERVICE + "/" + method));
  }

  private static long synced(JsonNode answer, String type) {
    return answer
        .at("/config/0/generic_xds_configs")
        .valueStream()
        .filter(entry -> entry.get("type_url").stringValue().endsWith(type))
        .filter(entry -> entry.get("config_status").stringValue().equals("SYNCED"))
        .count();
  }

  @Test
  void grpcurlReadsAllByReflection() throws Exception {
    assertThat(ask("-plaintext", api, "list").lines())
        .contains(SERVICE, "grpc.reflection.v1.ServerReflection");
    assertThat(ask("-plaintext", api, "describe", SERVICE))
        .contains("FetchClientStatus", "StreamClientStatus");

    try (EnvoyProcess one = sidecar("node-a");
        EnvoyProcess other = sidecar("node-b")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            JsonNode all = status("FetchClientStatus", "{}");
            assertThat(all.get("config").size()).isEqualTo(2);
            assertThat(synced(all, "ClusterLoadAssignment")).as(all.toString()).isEqualTo(1);
          });
      String onlyOne =
          """
          {"node_matchers": [{"node_metadatas": [{"path": [{"key": "NODE_NAME"}],
           "value": {"string_match": {"exact": "node-a"}}}]}]}
          """;
      for (String method : List.of("FetchClientStatus", "StreamClientStatus")) {
        JsonNode answer = status(method, onlyOne);

        assertThat(answer.at("/config/0/node/locality/zone").stringValue()).isEqualTo("zone-a");
        // The type as a whole and its one resource.
        for (String type : List.of("Cluster", "ClusterLoadAssignment", "RouteConfiguration")) {
          assertThat(synced(answer, "v3." + type)).as(type).isEqualTo(2);
        }
        JsonNode endpoints = resource(answer, "shop/web:http", "ClusterLoadAssignment");
        assertThat(endpoints.at("/endpoints/0/locality/zone").stringValue()).isEqualTo("zone-a");
        assertThat(endpoints.at("/endpoints/1/priority").intValue()).isEqualTo(1);
        JsonNode listener = resource(answer, "outbound", "Listener");
        assertThat(listener.toString()).contains("HttpConnectionManager").doesNotContain("@value");
      }
      assertThat(one.alive() && other.alive()).isTrue();
    }
  }

  private static JsonNode resource(JsonNode answer, String name, String type) {
    return answer
        .at("/config/0/generic_xds_configs")
        .valueStream()
        .filter(entry -> entry.get("type_url").stringValue().endsWith("v3." + type))
        .filter(entry -> entry.has("name") && entry.get("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow()
        .get("xds_config");
  }

  private EnvoyProcess sidecar(String node) throws Exception {
    return new Sidecars(controlPlane.xdsPort(), XdsProtocol.DELTA).start(node);
  }
}
