package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A port gets another name, and so its cluster: the routes may name the new one only when it is
 * warm, and the old one must stay until they do. (Before that was so, 170 of 1,600 requests
 * failed.)
 */
class RenamedPortTest {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {ports: [{name: %1$s, port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: cart, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      addressType: IPv4
      ports: [{name: %1$s, port: %2$d}]
      endpoints: [{addresses: ["127.3.0.1"], zone: zone-a}]
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void failsNoRequest(XdsProtocol protocol) throws Exception {
    int port = FreePorts.next();
    Path file = Files.writeString(folder.resolve("cart.yaml"), SERVICE.formatted("name-0", port));
    BackendSpec spec = new BackendSpec("cart-1", "zone-a", "node-a", "127.3.0.1", port);
    try (EchoBackend backend = EchoBackend.start(spec);
        ControlPlane server = ServedFolder.start(folder);
        EnvoyProcess envoy = new Sidecars(server.xdsPort(), protocol).start("node-a");
        RunningLoad load =
            new LoadGenerator(envoy.outbound(), LoadRequest.get("cart.shop")).start(8)) {
      for (int name = 1; name <= 5; name++) {
        long before = backend.requests();
        WorkspaceFiles.replace(file, SERVICE.formatted("name-" + name, port));
        String only = "shop/cart:name-" + name;
        await()
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(() -> assertThat(EnvoyState.clusters(envoy)).containsOnlyKeys(only));
        await().until(() -> backend.requests() > before + 50);
      }
      LoadResult result = load.stop();
      assertThat(result.failed()).as(result.toString()).isZero();
      assertThat(backend.requests()).isEqualTo(result.total());
      assertThat(EnvoyState.rejections(envoy)).isZero();
    }
  }
}
