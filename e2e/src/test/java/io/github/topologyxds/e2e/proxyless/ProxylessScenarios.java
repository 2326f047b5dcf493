package io.github.topologyxds.e2e.proxyless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.SwallowingBackend;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.GrpcEcho;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.XdsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A gRPC library, from nothing but what {@code bootstrap --kind grpc} prints, against the real
 * server. It reports its load every second.
 */
abstract class ProxylessScenarios {
  private static final String TARGET = "cart.shop:80";

  /**
   * A call whose connection goes before it is written picks another endpoint, and is reported for
   * both: 1 of 800 with grpc-go 1.85.
   */
  private static final int PICKED_AGAIN = 2;

  private final Bench bench = new Bench(new ProcessEnvoyRunner());
  private final ControlPlane server;
  private final Counters counters;

  ProxylessScenarios() throws IOException {
    bench.world().zones(3);
    server = bench.startServer(XdsSettings.DEFAULT.withLoadReportInterval(Duration.ofSeconds(1)));
    counters = new Counters(server);
  }

  @AfterEach
  void stop() throws Exception {
    try {
      assertThat(counters.nacks()).as("refused responses").isZero();
    } finally {
      bench.close();
    }
  }

  @Test
  void callsTheNearestAndFailsOverAndBack() throws Exception {
    EchoService cart = new EchoService(bench, "cart");
    try (ProxylessClient client = client("node-a", TARGET)) {
      assertThat(client.call(300)).containsExactly(Map.entry("zone-a", 300L));

      ProxylessClient.Load load = client.load();
      cart.mark(EndpointState.UNREADY, EchoService.inZone("zone-a"));
      awaitOnly(client, Set.of("zone-b", "zone-c"));
      cart.mark(EndpointState.READY, EchoService.inZone("zone-a"));
      awaitOnly(client, Set.of("zone-a"));
      assertThat(load.stop()).as("none failed").containsOnlyKeys("zone-a", "zone-b", "zone-c");
    }
  }

  /** Dead, and called ready: the next zones take over at once, as their endpoints are known. */
  @Test
  void goesToTheNextZonesWhenTheNearestServerDies() throws Exception {
    EchoService cart = new EchoService(bench, "cart");
    try (ProxylessClient client = client("node-a", TARGET)) {
      assertThat(client.call(10)).containsExactly(Map.entry("zone-a", 10L));

      cart.die(EchoService.inZone("zone-a"));
      // A call that is under way when its connection closes is lost with it.
      Wait.until("a call that does not reach zone-a")
          .until(() -> !client.call(1).containsKey("zone-a"));

      Map<String, Long> answers = client.call(200);
      assertThat(answers).containsKeys("zone-b", "zone-c").doesNotContainKey("zone-a");
      assertThat(answers.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(200);
      assertThat(answers.keySet()).as("none failed").allMatch(zone -> zone.startsWith("zone-"));
    }
  }

  @Test
  void failsAtOnceWhenScaledToZeroAndComesBack() throws Exception {
    EchoService cart = new EchoService(bench, "cart");
    try (ProxylessClient client = client("node-a", TARGET)) {
      assertThat(client.call(10)).containsExactly(Map.entry("zone-a", 10L));

      cart.mark(EndpointState.ABSENT, pod -> true);
      awaitUnavailable(client);
      cart.mark(EndpointState.READY, pod -> true);
      awaitOnly(client, Set.of("zone-a"));

      cart.mark(EndpointState.UNREADY, pod -> true);
      awaitUnavailable(client);
      cart.mark(EndpointState.READY, pod -> true);
      awaitOnly(client, Set.of("zone-a"));

      cart.delete();
      awaitUnavailable(client);
      cart.write();
      awaitOnly(client, Set.of("zone-a"));
    }
  }

  /** The call that was made before the Service was there waits for it, and is answered then. */
  @Test
  void callsAServiceThatComesLater() throws Exception {
    try (ProxylessClient client = client("node-a", TARGET)) {
      ProxylessClient.Load load = client.load();
      Wait.until("an empty answer").until(() -> counters.pushes("listener") > 0);

      EchoService cart = new EchoService(bench, "cart");

      assertThat(client.call(10)).containsExactly(Map.entry("zone-a", 10L));
      assertThat(load.stop()).as("of %s", cart.spec()).containsOnlyKeys("zone-a");
    }
  }

  @Test
  void losesNoCallWhenAPortIsRenamed() throws Exception {
    EchoService cart = new EchoService(bench, "cart");
    try (ProxylessClient client = client("node-a", TARGET)) {
      assertThat(client.call(10)).containsExactly(Map.entry("zone-a", 10L));
      ProxylessClient.Load load = client.load();
      for (String name : List.of("web", "rpc", "grpc")) {
        long before = counters.pushes("listener");
        cart.renamePort(name);
        Wait.until("the listener to lead elsewhere")
            .until(() -> counters.pushes("listener") > before);
        assertOnlyNear(client.call(300));
      }
      awaitOnly(client, Set.of("zone-a"));
      assertOnlyNear(load.stop());
    }
  }

  private void assertOnlyNear(Map<String, Long> answers) {
    assertThat(answers.keySet())
        .as("none failed")
        .allMatch(answer -> answer.equals("zone-a") || isLostWithItsCluster(answer));
    assertThat(answers).containsKey("zone-a");
  }

  /** Returns whether the library itself fails some calls while a target gets another cluster. */
  boolean isLostWithItsCluster(String answer) {
    return false;
  }

  /** By the number of endpoints in each zone, where no zone is near: 3 to 1. */
  @Test
  void sharesCallsByTheSizesOfTheZones() throws Exception {
    bench.world().node("node-d", "zone-d");
    EchoService cart =
        new EchoService(bench, "cart", List.of("node-b", "node-b", "node-b", "node-c"));
    assertThat(cart.spec().name()).isEqualTo("cart");
    try (ProxylessClient client = client("node-d", TARGET)) {
      Map<String, Long> answers = client.call(800);
      assertThat(answers).containsOnlyKeys("zone-b", "zone-c");
      assertThat(answers.getOrDefault("zone-b", 0L)).isBetween(540L, 660L);
    }
  }

  /** What it reports is what it called, also of endpoints that it has no more. */
  @Test
  void reportsEachCallOnceOverAFailover() throws Exception {
    EchoService cart = new EchoService(bench, "cart");
    try (ProxylessClient client = client("node-a", TARGET)) {
      assertThat(client.call(400)).containsExactly(Map.entry("zone-a", 400L));
      cart.mark(EndpointState.ABSENT, EchoService.inZone("zone-a"));
      long far = 0;
      long near = 400;
      while (far < 300) {
        Map<String, Long> answers = client.call(100);
        near += answers.getOrDefault("zone-a", 0L);
        far += answers.getOrDefault("zone-b", 0L) + answers.getOrDefault("zone-c", 0L);
        assertThat(answers.keySet()).as("none failed").allMatch(zone -> zone.startsWith("zone-"));
      }
      awaitReported(near, far);
    }
  }

  /** A name outside, which the library resolves itself; of several names it can have none. */
  @Test
  void callsTheNameOutsideThatAServiceStandsFor() throws Exception {
    int port = FreePorts.next();
    GrpcEcho outside =
        new GrpcEcho("outside", new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    bench.closing(outside::die);
    WorkspaceFiles.replace(
        bench.world().folder().resolve("ext.yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: ext}
        spec: {type: ExternalName, externalName: localhost, ports: [{name: grpc, port: %d}]}
        """
            .formatted(port));
    try (ProxylessClient client = client("node-a", "ext.shop:" + port)) {
      assertThat(client.call(100)).containsExactly(Map.entry("outside", 100L));
    }
  }

  /** One Pod of a headless Service by its name: nobody else takes over from it. */
  @Test
  void callsOnePodByItsName() throws Exception {
    EchoService db =
        new EchoService(
            bench, ServiceSpec.of(Bench.NAMESPACE, "db").headless(), List.of("node-a", "node-b"));
    String pod = db.first(EchoService.inZone("zone-b")).name();
    try (ProxylessClient client = client("node-a", pod + ".db.shop:80")) {
      assertThat(client.call(100)).containsExactly(Map.entry("zone-b", 100L));
      db.mark(EndpointState.ABSENT, EchoService.inZone("zone-b"));
      awaitUnavailable(client);
      db.mark(EndpointState.READY, EchoService.inZone("zone-b"));
      awaitOnly(client, Set.of("zone-b"));
    }
  }

  /** An Envoy would send a third of the calls to the next zones; see docs/grpc.md. */
  @Test
  void spillsNothingWhileOneEndpointOfTheNearZoneIsUp() throws Exception {
    EchoService cart =
        new EchoService(bench, "cart", List.of("node-a", "node-a", "node-b", "node-c"));
    BackendSpec left = cart.first(EchoService.inZone("zone-a"));
    Predicate<BackendSpec> lost = EchoService.inZone("zone-a").and(pod -> !pod.equals(left));
    try (ProxylessClient client = client("node-a", TARGET)) {
      assertThat(client.call(30)).containsExactly(Map.entry("zone-a", 30L));
      assertThat(cart.calls(lost)).isPositive();
      cart.mark(EndpointState.UNREADY, lost);
      Wait.until("one endpoint to take everything")
          .until(() -> {
            long before = cart.calls(lost);
            return client.call(20).keySet().equals(Set.of("zone-a")) && cart.calls(lost) == before;
          });
      assertThat(client.call(300)).containsExactly(Map.entry("zone-a", 300L));
      cart.mark(EndpointState.UNREADY, EchoService.inZone("zone-a"));
      awaitOnly(client, Set.of("zone-b", "zone-c"));
    }
  }

  /** Nothing answers there, not even by a refusal: the next zones take over after 10 s. */
  @Test
  @Tag("grpc")
  void goesOnAfterTenSecondsWhereTheNearZoneSwallowsPackets() throws Exception {
    EchoService cart = new EchoService(bench, "cart");
    BackendSpec near = cart.first(EchoService.inZone("zone-a"));
    cart.die(EchoService.inZone("zone-a"));
    bench.closing(
        SwallowingBackend.start(new InetSocketAddress(near.address(), near.port()))::close);
    try (ProxylessClient client = client("node-a", TARGET)) {
      long begin = System.nanoTime();
      assertThat(client.call(1).keySet()).containsAnyOf("zone-b", "zone-c");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(5));
      assertThat(client.call(100).keySet()).isEqualTo(Set.of("zone-b", "zone-c"));
    }
  }

  private void awaitReported(long near, long far) {
    Wait.until("reports of " + near + " near and " + far + " far calls")
        .untilAsserted(() -> {
          LoadMatrix reported = server.loads().of(new ObjectName(Bench.NAMESPACE, "cart"), 5);
          long nearPicks = reported.between("zone-a", "zone-a").requests();
          assertThat(nearPicks).isBetween(near, near + PICKED_AGAIN);
          assertThat(reported.total().requests()).isEqualTo(nearPicks + far);
          assertThat(reported.from("zone-a").requests()).isEqualTo(nearPicks + far);
          assertThat(reported.total().errors()).isZero();
        });
  }

  private static void awaitOnly(ProxylessClient client, Set<String> zones) throws Exception {
    Wait.until("calls to go to " + zones + " alone")
        .until(() -> client.call(50).keySet().equals(zones));
  }

  private static void awaitUnavailable(ProxylessClient client) throws Exception {
    Wait.until("calls to fail")
        .until(() -> client.call(1).keySet().iterator().next().startsWith("UNAVAILABLE"));
  }

  private ProxylessClient client(String node, String name) throws Exception {
    return start(
        BootstrapTemplate.render(
            BootstrapSettings.of(BootstrapKind.GRPC, Bench.inShop(node))
                .withXds(new XdsAddress("127.0.0.1", bench.xdsPort()))),
        name);
  }

  /**
   * Starts an application.
   *
   * @param bootstrap the file that {@code GRPC_XDS_BOOTSTRAP} names
   * @param name what stands behind {@code xds:///}
   */
  abstract ProxylessClient start(String bootstrap, String name) throws Exception;
}
