package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.DemoControlPlane;
import io.github.topologyxds.demo.DemoServer;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.envoy.HostState;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.topology.RoutingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random Services, each with 2,000 requests through one real Envoy: what is explained is what is
 * counted, host by host. {@code -Dshares.worlds=200} asks for more of them.
 */
class ExpectedSharesTest {
  private static final int WORLDS = Integer.getInteger("shares.worlds", 30);
  private static final int REQUESTS = 2000;
  private static final String NODE = "node-a1";

  @TempDir private Path folder = Path.of("");

  private final List<AutoCloseable> running = new ArrayList<>();

  @Test
  void shouldBeWhatEnvoyDoes() throws Exception {
    try {
      List<ShareWorld> worlds = worlds();
      EnvoyProcess envoy = envoy();
      List<String> wrong = new ArrayList<>();
      int spilling = 0;
      for (ShareWorld world : worlds) {
        Explanation expected = explain(world);
        spilling += expected.tierShares().stream().filter(share -> share > 0).count() > 1 ? 1 : 0;
        wrong.addAll(differences(world, expected, envoy));
      }
      assertThat(wrong).isEmpty();
      // The worlds are no easy ones: in some of them load spills over.
      assertThat(spilling).isGreaterThan(WORLDS / 10);
    } finally {
      for (AutoCloseable started : running.reversed()) {
        started.close();
      }
    }
  }

  private List<ShareWorld> worlds() throws IOException {
    int port = FreePorts.next();
    for (int endpoint = 0; endpoint < ShareWorld.ENDPOINTS; endpoint++) {
      String address = ShareWorld.address(endpoint);
      running.add(EchoBackend.start(new BackendSpec(address, "", "", address, port)));
    }
    List<ShareWorld> worlds = new ArrayList<>();
    StringBuilder yaml = new StringBuilder(ShareWorld.nodes());
    for (int number = 0; number < WORLDS; number++) {
      ShareWorld world = new ShareWorld(number, port);
      worlds.add(world);
      yaml.append(world.yaml()).append("---\n");
    }
    Files.writeString(folder.resolve("worlds.yaml"), yaml);
    return worlds;
  }

  private EnvoyProcess envoy() throws IOException {
    DemoServer server = DemoControlPlane.start(folder);
    running.add(server);
    int ports = FreePorts.next(2);
    EnvoyProcess envoy =
        EnvoyProcess.start(
            EnvoyBinary.find(),
            EnvoySpec.of(
                BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on(NODE))
                    .withPorts(new ProxyPorts(ports, ports + 1))
                    .withXds(XdsAddress.parse("127.0.0.1:" + server.xdsPort()))));
    running.add(envoy);
    return envoy;
  }

  private Explanation explain(ShareWorld world) throws Exception {
    Explainer explainer =
        new Explainer(new OfflineWorld(Manifests.load(List.of(folder))), RoutingOptions.DEFAULT);
    return explainer
        .explain(world.name(), explainer.client(NODE, "", null), List.of())
        .orElseThrow()
        .ports()
        .getFirst()
        .explanation();
  }

  private static List<String> differences(
      ShareWorld world, Explanation expected, EnvoyProcess envoy) throws IOException {
    LoadGenerator load =
        new LoadGenerator(
            envoy.outbound(),
            LoadRequest.get(world.name().name() + "." + world.name().namespace()));
    Wait.until("a route for " + world.name())
        .until(() -> load.run(LoadBounds.of(1, 1)).status(404) == 0);
    Map<String, Long> before = requests(expected, envoy);
    LoadResult result = load.run(LoadBounds.of(REQUESTS, 8));
    List<String> wrong = new ArrayList<>();
    if (!near(result.failed(), expected.nowhere())) {
      wrong.add(world.name() + ": " + result.failed() + " failed, expected " + expected.nowhere());
    }
    Map<String, Long> after = requests(expected, envoy);
    for (ExplainedEndpoint endpoint : expected.endpoints()) {
      String address = endpoint.address().toString();
      long counted = after.getOrDefault(address, 0L) - before.getOrDefault(address, 0L);
      if (!near(counted, endpoint.share())) {
        wrong.add(world.name() + " " + address + ": " + counted + ", expected " + endpoint.share());
      }
    }
    return wrong;
  }

  private static Map<String, Long> requests(Explanation explanation, EnvoyProcess envoy)
      throws IOException {
    Map<String, Long> requests = new HashMap<>();
    for (HostState host : envoy.admin().hosts(explanation.cluster())) {
      requests.put(host.address(), host.requests());
    }
    return requests;
  }

  /** Four standard deviations of a binomial count, and the point that Envoy's percents leave. */
  private static boolean near(long counted, double share) {
    double sigma = Math.sqrt(share * (1 - share) / REQUESTS);
    return Math.abs((double) counted / REQUESTS - share) <= 4 * sigma + 0.01;
  }
}
