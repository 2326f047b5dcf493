package io.github.topologyxds.e2e.proxyless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A gRPC client obeys the shares of zones. Nobody reports within the test: the Nodes' CPU is the
 * demand, alike in all zones. Zone a has a tenth of the endpoints, and keeps what makes them busier
 * than the mean by a fifth: 0.12 of all for a third of the clients.
 */
class GrpcFairTest {
  private static final int CALLS = 1000;

  @Test
  void aZoneKeepsWhatItsEndpointsCanCarry() throws Exception {
    try (Bench bench = new Bench(new ProcessEnvoyRunner())) {
      bench.world().zones(3);
      Path nodes = bench.world().folder().resolve("nodes.yaml");
      String withCpu =
          Files.readString(nodes)
              .replace("kind: Node\n", "kind: Node\nstatus: {allocatable: {cpu: \"8\"}}\n");
      WorkspaceFiles.replace(nodes, withCpu);
      List<String> on = new ArrayList<>(List.of("node-a"));
      on.addAll(Collections.nCopies(5, "node-b"));
      on.addAll(Collections.nCopies(4, "node-c"));
      EchoService cart = new EchoService(bench, "cart", on);
      ask(bench.world().folder().resolve("service-shop-cart.yaml"));
      assertThat(cart.spec().name()).isEqualTo("cart");
      bench.startServer();

      String bootstrap =
          BootstrapTemplate.render(
              BootstrapSettings.of(BootstrapKind.GRPC, Bench.inShop("node-a"))
                  .withXds(new XdsAddress("127.0.0.1", bench.xdsPort())));
      try (ProxylessClient client = new JavaClient(bootstrap, "cart.shop:80")) {
        Map<String, Long> answers = client.call(CALLS);
        // 36 of 100 stay; 5 standard deviations are 76 of 1,000.
        assertThat(answers.get("zone-a")).isBetween(284L, 436L);
        assertThat(answers).containsOnlyKeys("zone-a", "zone-b", "zone-c");
      }
    }
  }

  private static void ask(Path service) throws IOException {
    WorkspaceFiles.replace(
        service,
        Files.readString(service)
            .replace("name: cart}", "name: cart, annotations: {topology-xds.io/balance: fair}}"));
  }
}
