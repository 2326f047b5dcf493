package io.github.topologyxds.e2e.proxyless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** grpc-java against the real server: near first, over and back, without a failed call. */
class GrpcJavaTest {
  private final Bench bench = new Bench(new ProcessEnvoyRunner());

  GrpcJavaTest() throws IOException {}

  @BeforeEach
  void start() throws IOException {
    bench.world().zones(3);
    bench.startServer();
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
  }

  @Test
  void callsTheNearestAndFailsOverAndBack() throws Exception {
    EchoService cart = new EchoService(bench, "cart", 1);
    try (JavaClient client = client("node-a", "cart.shop:80")) {
      assertThat(client.call(300)).containsExactly(Map.entry("zone-a", 300L));

      JavaClient.Load load = client.load();
      cart.mark(EndpointState.UNREADY, EchoService.inZone("zone-a"));
      awaitOnly(client, Set.of("zone-b", "zone-c"));
      cart.mark(EndpointState.READY, EchoService.inZone("zone-a"));
      awaitOnly(client, Set.of("zone-a"));
      assertThat(load.stop()).containsOnlyKeys("zone-a", "zone-b", "zone-c");

      cart.mark(EndpointState.ABSENT, pod -> true);
      Wait.until("calls to fail at once")
          .until(() -> client.call(1).keySet().iterator().next().startsWith("UNAVAILABLE"));
      cart.mark(EndpointState.READY, pod -> true);
      awaitOnly(client, Set.of("zone-a"));
    }
  }

  @Test
  void losesNoCallWhenAPortIsRenamed() throws Exception {
    EchoService cart = new EchoService(bench, "cart", 1);
    try (JavaClient client = client("node-a", "cart.shop:80")) {
      assertThat(client.call(10)).containsExactly(Map.entry("zone-a", 10L));
      JavaClient.Load load = client.load();
      for (String name : List.of("web", "rpc", "grpc")) {
        cart.renamePort(name);
        EchoService marker = new EchoService(bench, "marker-" + name, 0);
        assertThat(marker.spec().name()).isNotEmpty();
        client.call(300);
      }
      assertThat(load.stop()).containsOnlyKeys("zone-a");
    }
  }

  private static void awaitOnly(JavaClient client, Set<String> zones) {
    Wait.until("calls to go to " + zones + " alone")
        .until(() -> client.call(50).keySet().equals(zones));
  }

  private JavaClient client(String node, String name) {
    return new JavaClient(
        Map.of(
            "xds_servers",
            List.of(
                Map.of(
                    "server_uri",
                    "127.0.0.1:" + bench.xdsPort(),
                    "channel_creds",
                    List.of(Map.of("type", "insecure")),
                    "server_features",
                    List.of("xds_v3"))),
            "node",
            Map.of("id", node, "metadata", Map.of("NODE_NAME", node, "NAMESPACE", "shop"))),
        name);
  }
}
