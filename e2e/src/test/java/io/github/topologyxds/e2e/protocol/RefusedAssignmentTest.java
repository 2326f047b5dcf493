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

/** An Envoy that is new beside an assignment it refuses and a name that nobody knows. */
class RefusedAssignmentTest {
  private static final int SERVICES = 10;
  private static final String VICTIM = "shop/s3:http";

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: s%1$d, namespace: shop}
      spec: {ports: [{name: http, port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: s%1$d, namespace: shop, labels: {kubernetes.io/service-name: s%1$d}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints: [{addresses: ["10.0.%2$d.%1$d"], zone: zone-a}]
      """;

  /** A cluster of the user's own, whose endpoints it wants from us. */
  private static final String UNKNOWN =
      """
        clusters:
        - name: nobody/knows:this
          type: EDS
          connect_timeout: 1s
          eds_cluster_config:
            eds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void becomesReadyAndHasAllTheOthers(XdsProtocol protocol) throws Exception {
    for (int i = 0; i < SERVICES; i++) {
      Files.writeString(folder.resolve("s" + i + ".yaml"), SERVICE.formatted(i, 0));
    }
    try (ControlPlane server = ServedFolder.start(folder);
        TamperingProxy proxy = new TamperingProxy(server.xdsPort(), VICTIM);
        EnvoyProcess envoy =
            new Sidecars(proxy.port(), protocol)
                .start(
                    "node-a", bootstrap -> bootstrap.replaceFirst("(?m)^  clusters:\n", UNKNOWN))) {
      assertThat(envoy.adminGet("/ready")).startsWith("LIVE");
      await().untilAsserted(() -> checkHosts(envoy, 0));
      int refusals = proxy.refusals();
      // The whole, and the halves down to the one.
      assertThat(refusals).isBetween(1, 6);

      // A change reaches every other cluster, and the bad one is not tried again: it is the same.
      for (int i = 0; i < SERVICES; i++) {
        if (!VICTIM.equals("shop/s" + i + ":http")) {
          WorkspaceFiles.replace(folder.resolve("s" + i + ".yaml"), SERVICE.formatted(i, 1));
        }
      }
      await().untilAsserted(() -> checkHosts(envoy, 1));
      assertThat(proxy.refusals()).isEqualTo(refusals);
    }
  }

  private static void checkHosts(EnvoyProcess envoy, int third) throws Exception {
    SortedMap<String, SortedSet<SeenHost>> clusters = EnvoyState.clusters(envoy);
    assertThat(clusters).hasSize(SERVICES + 1);
    assertThat(clusters.get("nobody/knows:this")).isEmpty();
    for (int i = 0; i < SERVICES; i++) {
      String name = "shop/s" + i + ":http";
      if (name.equals(VICTIM)) {
        assertThat(clusters.get(name)).isEmpty();
      } else {
        assertThat(clusters.get(name))
            .extracting(SeenHost::address)
            .containsExactly("10.0." + third + "." + i + ":8080");
      }
    }
    assertThat(EnvoyState.warming(envoy)).isZero();
  }
}
