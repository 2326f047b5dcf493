package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Envoy has its clusters from the service of their type, as docs/envoy.md says it. */
class SingleTypeClustersTest {
  private static final String AGGREGATED =
      """
        cds_config:
          ads: {}
          resource_api_version: V3
          initial_fetch_timeout: 0s
      """;

  @ParameterizedTest
  @EnumSource
  void hasClustersByTheirServiceAndEndpointsByTheAggregatedOne(XdsProtocol protocol)
      throws Exception {
    try (ControlPlane controlPlane = ServedFolder.start(ServedFolder.RECORDED)) {
      BootstrapSettings settings = settings(controlPlane.xdsPort()).withProtocol(protocol);
      String documented =
          switch (protocol) {
            case DELTA -> documented();
            case STATE_OF_THE_WORLD -> documented().replace("DELTA_GRPC", "GRPC");
          };
      String bootstrap = with(documented, BootstrapTemplate.render(settings));
      try (EnvoyProcess envoy =
          EnvoyProcess.launch(EnvoyBinary.find(), EnvoySpec.of(bootstrap, settings.ports()))) {
        envoy.awaitReady();
        await()
            .untilAsserted(() ->
                assertThat(EnvoyState.clusters(envoy).get("shop/checkout:http")).isNotEmpty());
        assertThat(envoy.stats("cluster_manager.cds.update_success").values())
            .allSatisfy(count -> assertThat(count).isPositive());
        assertThat(envoy.stats("cluster_manager.cds.update_rejected").values())
            .allSatisfy(count -> assertThat(count).isZero());
      }
    }
  }

  /**
   * As the page says; should Envoy take them one day, the page must change. Without a Service that
   * stands for a name: Envoy 1.40 ends where one is among them.
   */
  @Test
  void refusesTheClustersWithoutTheAggregatedServiceBeside() throws Exception {
    try (ControlPlane controlPlane = ServedFolder.start(ServedFolder.EXAMPLES)) {
      BootstrapSettings settings = settings(controlPlane.xdsPort());
      String bootstrap =
          Pattern.compile("^  ads_config:\n(    .*\n)+", Pattern.MULTILINE)
              .matcher(with(documented(), BootstrapTemplate.render(settings)))
              .replaceFirst("");
      assertThat(bootstrap).doesNotContain("  ads_config:");
      try (EnvoyProcess envoy =
          EnvoyProcess.launch(
              EnvoyBinary.find(),
              EnvoySpec.of(bootstrap, settings.ports()).withReadyWithin(Duration.ofSeconds(5)))) {
        await()
            .ignoreExceptions()
            .until(() ->
                envoy.stats("cluster_manager.cds.update_rejected").values().stream()
                    .anyMatch(count -> count > 0));
        assertThat(EnvoyState.clusters(envoy)).isEmpty();
      }
    }
  }

  private static BootstrapSettings settings(int xdsPort) throws IOException {
    int first = FreePorts.next(2);
    return BootstrapSettings.of(BootstrapKind.GATEWAY, ProxyNode.on("node-a1"))
        .withXds(new XdsAddress("127.0.0.1", xdsPort))
        .withPorts(new ProxyPorts(first, first + 1));
  }

  private static String with(String clusters, String bootstrap) {
    assertThat(bootstrap).contains(AGGREGATED);
    return bootstrap.replace(AGGREGATED, clusters);
  }

  private static String documented() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(  cds_config:\n.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "envoy.md")));
    assertThat(block.find()).as("the page shows a cds_config").isTrue();
    return block.group(1);
  }
}
