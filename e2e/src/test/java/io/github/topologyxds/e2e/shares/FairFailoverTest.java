package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.backend.SwallowingBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every zone has a share, so that there is no other tier to try a request in again: the near
 * endpoints are dead though Kubernetes says that they are ready, and shares that change all the
 * time.
 */
class FairFailoverTest {
  private static final List<String> ZONES =
      List.of(
          "a", "a", "a", "a", "b", "b", "b", "b", "b", "b", "b", "b", "c", "c", "c", "c", "c", "c",
          "c", "c");

  private static final List<Integer> NEAR = List.of(0, 1, 2, 3);
  private static final String STATS = "cluster.shop/cart_http.";

  @TempDir private Path folder = Path.of("");
  private final List<AutoCloseable> running = new ArrayList<>();
  private final List<EchoBackend> backends = new ArrayList<>();
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = FreePorts.next();
    for (int endpoint = 0; endpoint < ZONES.size(); endpoint++) {
      String address = ShareWorld.address(endpoint);
      EchoBackend backend = EchoBackend.start(new BackendSpec(address, "", "", address, port));
      running.add(backend);
      backends.add(backend);
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : running.reversed()) {
      one.close();
    }
  }

  @Test
  void shouldFailNoRequestWhenNearEndpointsRefuse() throws Exception {
    LoadGenerator load = load(envoy());
    NEAR.forEach(near -> backends.get(near).close());
    assertNoneFail(load);
  }

  @Test
  void shouldFailNoRequestWhenNearEndpointsSwallowPackets() throws Exception {
    LoadGenerator load = load(envoy());
    for (int near : NEAR) {
      backends.get(near).close();
      running.add(SwallowingBackend.start(new InetSocketAddress(ShareWorld.address(near), port)));
    }
    assertNoneFail(load);
  }

  /** Kubernetes says that they are gone, in the middle of requests: they end theirs, and stop. */
  @Test
  void shouldFailNoRequestWhenNearEndpointsGo() throws Exception {
    EnvoyProcess envoy = envoy();
    LoadBounds bounds = new LoadBounds(Long.MAX_VALUE, 10, Duration.ofMinutes(1), Duration.ZERO);
    try (RunningLoad traffic = load(envoy).start(bounds)) {
      awaitRequests(envoy, 500);
      WorkspaceFiles.replace(folder.resolve("world.yaml"), yaml(8, NEAR.size()));
      Wait.until("none of them is left").until(() -> stat(envoy, "membership_total") == 16);
      NEAR.forEach(near -> backends.get(near).resetCounts());
      awaitRequests(envoy, 2000);
      assertThat(NEAR).allMatch(near -> backends.get(near).requests() <= 10);
      LoadResult result = traffic.stop();
      assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
      assertThat(result.total()).isGreaterThan(2000);
    }
  }

  /** One after the other at first, while Envoy does not know yet. */
  private static void assertNoneFail(LoadGenerator load) {
    LoadResult first = load.run(LoadBounds.of(20, 1));
    assertThat(first.failed()).as(first.byStatus() + " " + first.firstError()).isZero();
    LoadResult more = load.run(LoadBounds.of(2000, 8));
    assertThat(more.failed()).as(more.byStatus() + " " + more.firstError()).isZero();
  }

  /** The Nodes' CPU moves, and with it what zone a keeps, each second under 300 rps. */
  @Test
  void shouldFailNoRequestAndCloseNothingWhileSharesChange() throws Exception {
    EnvoyProcess envoy = envoy();
    long updates = stat(envoy, "update_success");
    Duration pause = Duration.ofMillis(33);
    LoadBounds bounds = new LoadBounds(Long.MAX_VALUE, 10, Duration.ofMinutes(1), pause);
    try (RunningLoad traffic = load(envoy).start(bounds)) {
      for (int change = 1; change <= 8; change++) {
        WorkspaceFiles.replace(folder.resolve("world.yaml"), yaml(change % 2 == 0 ? 8 : 64));
        long expected = updates + change;
        Wait.until("the next shares").until(() -> stat(envoy, "update_success") >= expected);
        awaitRequests(envoy, 300);
      }
      LoadResult result = traffic.stop();
      assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
      assertThat(result.total()).isGreaterThan(2000);
    }
    assertThat(stat(envoy, "upstream_cx_destroy")).as("connections closed").isZero();
  }

  /** So many more are answered: a second of the traffic. */
  private static void awaitRequests(EnvoyProcess envoy, long more) throws Exception {
    long from = stat(envoy, "upstream_rq_200");
    Wait.until("a second of traffic").until(() -> stat(envoy, "upstream_rq_200") >= from + more);
  }

  private static long stat(EnvoyProcess envoy, String name) throws Exception {
    Map<String, Long> stats = envoy.stats(STATS);
    return stats.getOrDefault(STATS + name, 0L);
  }

  private static LoadGenerator load(EnvoyProcess envoy) {
    return new LoadGenerator(envoy.outbound(), LoadRequest.get("cart.shop"));
  }

  private EnvoyProcess envoy() throws Exception {
    // Clients are not counted before all could have reported: until then the Nodes' CPU tells.
    DemandServer server = DemandServer.start(folder, yaml(8), LoadReporting.DEFAULT_INTERVAL);
    running.add(server);
    int ports = FreePorts.next(2);
    EnvoyProcess envoy =
        EnvoyProcess.start(
            EnvoyBinary.find(),
            EnvoySpec.of(
                BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on("node-a1"))
                    .withPorts(new ProxyPorts(ports, ports + 1))
                    .withXds(XdsAddress.parse("127.0.0.1:" + server.xdsPort()))));
    running.add(envoy);
    Wait.until("a route").until(() -> ShareBench.answers(load(envoy)));
    assertThat(server.explain()).contains("72.0 % a, 14.0 % b, 14.0 % c");
    return envoy;
  }

  /**
   * Zone a has a fifth of the endpoints.
   *
   * @param cpu of its Node; of the others it is 8: by a third of all, it keeps 72 %
   */
  private String yaml(int cpu) {
    return yaml(cpu, 0);
  }

  /** The same without the first endpoints. */
  private String yaml(int cpu, int from) {
    StringBuilder yaml = new StringBuilder(FairBench.nodes("a1: " + cpu, "b1: 8", "c1: 8"));
    yaml.append(
        """
        apiVersion: v1
        kind: Service
        metadata:
          namespace: shop
          name: cart
          annotations: {topology-xds.io/balance: fair}
        spec:
          clusterIP: 10.97.0.1
          trafficDistribution: PreferSameZone
          ports: [{name: http, port: 80}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          namespace: shop
          name: cart-1
          labels: {kubernetes.io/service-name: cart}
        addressType: IPv4
        ports: [{name: http, port: %d}]
        endpoints:
        """
            .formatted(port));
    for (int endpoint = from; endpoint < ZONES.size(); endpoint++) {
      yaml.append(
          "- {addresses: [%s], zone: %s}\n"
              .formatted(ShareWorld.address(endpoint), ZONES.get(endpoint)));
    }
    return yaml.toString();
  }
}
