package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A live cluster changes and its endpoints do not. In delta Envoy does not ask for them again
 * (envoy#13009), and without a fetch timeout the cluster would warm for ever.
 */
class ChangedClusterTest {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {ports: [{name: http, port: 80, appProtocol: %s}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: cart, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints: [{addresses: ["10.0.0.1"], zone: zone-a}]
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void isWarmAgainAndHasItsEndpoints(XdsProtocol protocol) throws Exception {
    Path file = Files.writeString(folder.resolve("cart.yaml"), SERVICE.formatted("http"));
    try (ControlPlane server = ServedFolder.start(folder);
        EnvoyProcess envoy = new Sidecars(server.xdsPort(), protocol).start("node-a")) {
      for (int change = 1; change <= 4; change++) {
        WorkspaceFiles.replace(file, SERVICE.formatted(change % 2 == 0 ? "http" : "grpc"));

        long changes = change;
        await()
            .untilAsserted(() -> {
              assertThat(envoy.stats("cluster_manager.cluster_modified").values())
                  .containsExactly(changes);
              assertThat(EnvoyState.warming(envoy)).isZero();
            });
        assertThat(EnvoyState.clusters(envoy).get("shop/cart:http"))
            .extracting(SeenHost::address)
            .containsExactly("10.0.0.1:8080");
      }
      assertThat(EnvoyState.rejections(envoy)).isZero();
    }
  }

  /**
   * The change happens while the server is away. Envoy asks for clusters before endpoints then, and
   * says that it has the endpoints: were they not sent again, the cluster would warm for ever, and
   * no later change of any cluster would arrive.
   */
  @ParameterizedTest
  @EnumSource
  void isWarmAgainWhenItChangedWhileTheServerWasAway(XdsProtocol protocol) throws Exception {
    Path file = Files.writeString(folder.resolve("cart.yaml"), SERVICE.formatted("http"));
    int port = FreePorts.next();
    ControlPlane first = ServedFolder.start(folder, port);
    try (EnvoyProcess envoy = new Sidecars(port, protocol).start("node-a")) {
      first.close();
      WorkspaceFiles.replace(file, SERVICE.formatted("grpc"));
      try (ControlPlane second = ServedFolder.start(folder, port)) {
        assertThat(second.xdsPort()).isEqualTo(port);
        await()
            .untilAsserted(() ->
                assertThat(envoy.stats("cluster_manager.cluster_modified").values())
                    .containsExactly(1L));
        WorkspaceFiles.replace(
            folder.resolve("web.yaml"), SERVICE.formatted("http").replace("cart", "web"));
        await()
            .untilAsserted(() -> {
              assertThat(EnvoyState.clusters(envoy))
                  .containsKeys("shop/cart:http", "shop/web:http");
              assertThat(EnvoyState.warming(envoy)).isZero();
            });
      }
    } finally {
      first.close();
    }
  }
}
