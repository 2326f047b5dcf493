package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server goes and comes back: no Envoy loses an endpoint over it. */
class ServerRestartTest {
  @ParameterizedTest
  @EnumSource
  void takesNoEndpointAway(XdsProtocol protocol) throws Exception {
    int port = FreePorts.next();
    ControlPlane first = ServedFolder.start(ServedFolder.RECORDED, port);
    try (EnvoyProcess envoy = new Sidecars(port, protocol).start("node-a1")) {
      SortedMap<String, SortedSet<SeenHost>> before = EnvoyState.clusters(envoy);
      long attempts = attempts(envoy);

      first.close();
      await()
          .untilAsserted(() -> {
            assertThat(EnvoyState.clusters(envoy)).isEqualTo(before);
            assertThat(envoy.stats("control_plane.connected_state").values()).containsExactly(0L);
          });
      try (ControlPlane second = ServedFolder.start(ServedFolder.RECORDED, port)) {
        assertThat(second.xdsPort()).isEqualTo(port);
        await()
            .until(() -> {
              // Membership is looked at in every poll, not only at the end.
              assertThat(EnvoyState.clusters(envoy)).isEqualTo(before);
              return envoy.stats("control_plane.connected_state").containsValue(1L)
                  && attempts(envoy) > attempts;
            });
        assertThat(EnvoyState.clusters(envoy)).isEqualTo(before);
        assertThat(EnvoyState.rejections(envoy)).isZero();
        assertThat(EnvoyState.warming(envoy)).isZero();
      }
    } finally {
      first.close();
    }
  }

  /** How often Envoy has asked for clusters: once more after it is connected again. */
  private static long attempts(EnvoyProcess envoy) throws IOException {
    return envoy.stats("cluster_manager.cds.update_attempt").values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
