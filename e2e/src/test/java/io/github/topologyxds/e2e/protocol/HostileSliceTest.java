package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slice that the API server lets through and Envoy would refuse comes in beside good ones. */
class HostileSliceTest {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s, namespace: shop}
      spec: {ports: [{name: http, port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints: [{addresses: ["%2$s"], zone: zone-a}]
      """;

  private static final String HOSTILE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: bad-port, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      addressType: IPv4
      ports: [{name: http, port: 70000}]
      endpoints: [{addresses: ["10.66.0.1"], zone: zone-a}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: bad-rest, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints:
      - {addresses: ["not-an-address"], zone: zone-a}
      - {addresses: ["10.66.0.2"], zone: "zone-\\u0000<script>", hostname: "x"}
      - {addresses: ["10.66.0.2"], zone: zone-b}
      - {addresses: []}
      - {addresses: ["10.66.0.3"], hints: {forZones: [{name: ""}]}}
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void leavesTheGoodOnesRight(XdsProtocol protocol) throws Exception {
    Files.writeString(folder.resolve("cart.yaml"), SERVICE.formatted("cart", "10.0.0.1"));
    Files.writeString(folder.resolve("pay.yaml"), SERVICE.formatted("pay", "10.0.1.1"));
    try (ControlPlane server = ServedFolder.start(folder);
        EnvoyProcess envoy = new Sidecars(server.xdsPort(), protocol).start("node-a")) {
      WorkspaceFiles.replace(folder.resolve("hostile.yaml"), HOSTILE);
      // What comes after it must arrive: nothing is frozen.
      WorkspaceFiles.replace(folder.resolve("pay.yaml"), SERVICE.formatted("pay", "10.0.1.2"));

      await()
          .untilAsserted(() -> {
            SortedMap<String, SortedSet<SeenHost>> clusters = EnvoyState.clusters(envoy);
            assertThat(clusters.get("shop/pay:http"))
                .containsExactly(new SeenHost("10.0.1.2:8080", 0, "zone-a", "HEALTHY"));
            assertThat(clusters.get("shop/cart:http"))
                .extracting(SeenHost::address)
                .containsExactly("10.0.0.1:8080", "10.66.0.2:8080", "10.66.0.3:8080");
          });
      assertThat(EnvoyState.rejections(envoy)).isZero();
      assertThat(EnvoyState.warming(envoy)).isZero();
    }
  }
}
