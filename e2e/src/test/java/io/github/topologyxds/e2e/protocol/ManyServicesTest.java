package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * More Services than one response takes. Envoy warms the clusters of each response before it asks
 * for more, so what follows must not wait for what it waits for.
 */
class ManyServicesTest {
  private static final int SERVICES = 3000;

  @ParameterizedTest
  @EnumSource
  void allReachAnEnvoy(XdsProtocol protocol, @TempDir Path folder) throws Exception {
    StringBuilder manifests = new StringBuilder();
    for (int i = 0; i < SERVICES; i++) {
      manifests.append(serviceAndSlice(i));
    }
    Files.writeString(folder.resolve("shop.yaml"), manifests);

    try (ControlPlane server = ServedFolder.start(folder);
        EnvoyProcess envoy = new Sidecars(server.xdsPort(), protocol).start("node-a1")) {
      // Envoy asks for routes once its clusters are warm.
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() ->
              assertThat(stat(envoy, "cluster_manager.active_clusters")).isGreaterThan(SERVICES));

      assertThat(EnvoyState.clusters(envoy))
          .hasSize(SERVICES)
          .allSatisfy((name, hosts) -> assertThat(hosts).hasSize(2));
      assertThat(EnvoyState.warming(envoy)).isZero();
      assertThat(EnvoyState.rejections(envoy)).isZero();
      // State-of-the-world tells of all clusters at once; their endpoints come in pieces too.
      long responses = stat(envoy, "cluster_manager.cds.update_success");
      assertThat(responses).isGreaterThanOrEqualTo(protocol == XdsProtocol.DELTA ? 2 : 1);
    }
  }

  private static String serviceAndSlice(int number) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {namespace: shop, name: s%1$d}
    spec: {ports: [{name: http, port: 80}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {namespace: shop, name: s%1$d-1, labels: {kubernetes.io/service-name: s%1$d}}
    addressType: IPv4
    ports: [{name: http, port: 8080}]
    endpoints:
    - {addresses: ["10.1.%2$d.%3$d"], zone: zone-a, conditions: {ready: true}}
    - {addresses: ["10.2.%2$d.%3$d"], zone: zone-b, conditions: {ready: true}}
    """
        .formatted(number, number / 200, 1 + number % 200);
  }

  private static long stat(EnvoyProcess envoy, String name) throws IOException {
    return envoy.stats(name).values().stream().mapToLong(Long::longValue).sum();
  }
}
