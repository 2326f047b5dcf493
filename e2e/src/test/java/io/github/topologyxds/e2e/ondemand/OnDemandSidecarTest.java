package io.github.topologyxds.e2e.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.captured.Captured;
import io.github.topologyxds.demo.captured.CapturingSidecar;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.xds.ondemand.Destinations;
import io.github.topologyxds.xds.ondemand.ListenerChain;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sidecar on demand: what its Envoy has, and where requests and connections go. */
class OnDemandSidecarTest {
  private final Bench bench = new Bench(new ProcessEnvoyRunner());
  private Captured captured = new Captured(0);
  private int outbound;
  private @Nullable CapturingSidecar sidecar;

  OnDemandSidecarTest() throws IOException {}

  @BeforeEach
  void twoZones() throws IOException {
    bench.world().zones(2);
  }

  @AfterEach
  void end() throws IOException {
    bench.close();
  }

  @Test
  void everySpellingOfAHostGoesToItsServiceByFewClusters() throws IOException {
    Workload cart = bench.workload(http("cart"), 1);
    bench.startServer();
    EnvoyProcess envoy = start();
    assertThat(clusters(envoy)).isEqualTo(Set.of("topology-xds", "passthrough"));

    for (String host :
        List.of(
            "cart",
            "cart.",
            "CART",
            "cart:80",
            "cart.shop",
            "cart.shop.",
            "Cart.Shop:80",
            "cart.shop.svc",
            "cart.shop.svc:80",
            "cart.shop.svc.cluster.local",
            "cart.shop.svc.cluster.local.",
            "cart.shop.svc.cluster.local.:80",
            "CART.shop.SVC.cluster.local:80")) {
      assertThat(explicit(host)).as(host).startsWith("HTTP/1.1 200").contains("x-backend: cart");
    }
    assertThat(clusters(envoy))
        .isEqualTo(Set.of("topology-xds", "passthrough", "//cart", "//cart.shop"));
    assertThat(cart.counted(Workload.inZone("zone-a"))).isEqualTo(13);

    for (String host :
        List.of(
            "",
            "www.example.com",
            "cart.other",
            "cart.shop:81",
            "xds",
            "topology-xds",
            "x".repeat(400),
            "..",
            ":80")) {
      assertThat(explicit(host)).as(host).containsPattern("^HTTP/1.1 (503|400)");
    }
  }

  @Test
  void capturedConnectionsGoToTheirServiceByAddress() throws IOException {
    bench.workload(http("cart"), 1);
    Workload pay = bench.workload(http("pay"), 1);
    bench.startServer();
    EnvoyProcess envoy = start();

    assertThat(captured.get("10.96.0.10", 80, "www.example.com"))
        .as("the address decides, not the Host")
        .startsWith("HTTP/1.1 200")
        .contains("x-backend: cart");
    assertThat(captured.get("10.96.0.11", 80, "cart")).contains("x-backend: pay");
    assertThat(clusters(envoy))
        .isEqualTo(Set.of("topology-xds", "passthrough", "10.96.0.10:80", "10.96.0.11:80"));

    pay.backends(Workload.inZone("zone-a")).forEach(backend -> backend.close());
    for (int i = 0; i < 50; i++) {
      assertThat(captured.get("10.96.0.11", 80, "pay")).as("fails over").contains("200 OK");
    }
  }

  /** The protocols that speak first would hang where HTTP is expected. */
  @Test
  void tcpOnAnHttpPortNumberAndUnknownAddressesPass() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.1.1.77"))) {
      Thread.ofVirtual().start(() -> greet(server));
      bench.world().service(tcp("db", server.getLocalPort()));
      bench
          .world()
          .slice(
              tcp("db", server.getLocalPort()),
              Map.of(
                  new io.github.topologyxds.demo.backend.BackendSpec(
                      "db-0", "zone-a", "node-a", "127.1.1.77", server.getLocalPort()),
                  io.github.topologyxds.e2e.bench.EndpointState.READY));
      bench.startServer();
      EnvoyProcess envoy = start();

      assertThat(banner("10.96.0.10", 80)).as("an exception").isEqualTo("220 ready");
      assertThat(clusters(envoy)).contains("10.96.0.10:80");
      // Loopback stands for what is no Service's: it passes to where it was going.
      assertThat(banner("127.1.1.77", server.getLocalPort())).isEqualTo("220 ready");
      // An exception names its own ports: the others are what they are in the range.
      write("10.96.0.10", 8080);
      Wait.until("HTTP on another port").until(() -> clusters(envoy).contains("10.96.0.10:8080"));
    }
  }

  @Test
  void knownNamesServeWhileTheServerIsAwayAndNewOnesComeBackWithIt() throws IOException {
    bench.workload(http("cart"), 1);
    bench.workload(http("pay"), 1);
    bench.startServer();
    EnvoyProcess envoy = start();
    assertThat(explicit("cart")).startsWith("HTTP/1.1 200");
    bench.stopServer();

    for (int i = 0; i < 50; i++) {
      assertThat(explicit("cart")).startsWith("HTTP/1.1 200");
    }
    assertThat(explicit("pay")).as("not used before").startsWith("HTTP/1.1 503");
    bench.startServer();
    Wait.until("the new name to be served without being asked for again")
        .until(() -> clusters(envoy).contains("//pay"));
    assertThat(explicit("pay")).startsWith("HTTP/1.1 200");
    assertThat(explicit("cart")).startsWith("HTTP/1.1 200");
  }

  /** An alias whose assignment lacked would stop all new names of its Envoy. */
  @Test
  void aServiceThatComesIsServedUnderNamesThatWereUnknown() throws IOException {
    bench.startServer();
    EnvoyProcess envoy = start();
    assertThat(explicit("cart")).startsWith("HTTP/1.1 503");
    assertThat(explicit("cart.shop")).startsWith("HTTP/1.1 503");
    bench.workload(http("cart"), 1);
    for (String host : List.of("cart", "cart.shop")) {
      Wait.until(host + " to be served").until(() -> explicit(host).startsWith("HTTP/1.1 200"));
    }
    bench.workload(http("pay"), 1);
    Wait.until("pay to be served").until(() -> explicit("pay").startsWith("HTTP/1.1 200"));
    assertThat(envoy.stats("cluster_manager.warming_clusters")).containsValue(0L);
    assertThat(envoy.statsMatching("update_rejected").values()).allMatch(count -> count <= 1);
  }

  /** Three names of one port are its Service's; what is no Service's counts for none. */
  @Test
  void onlyServicesCountInReportsOfTheLoad() throws IOException {
    Workload cart = bench.workload(http("cart"), 1);
    ControlPlane server =
        bench.startServer(XdsSettings.DEFAULT.withLoadReportInterval(Duration.ofSeconds(1)));
    EnvoyProcess envoy = start();
    try (ServerSocket inRange = new ServerSocket(0, 50, InetAddress.getByName("127.1.9.1"));
        ServerSocket outside = new ServerSocket(0, 50, InetAddress.getByName("127.1.8.1"))) {
      Thread.ofVirtual().start(() -> greet(inRange));
      Thread.ofVirtual().start(() -> greet(outside));
      for (int i = 0; i < 30; i++) {
        assertThat(explicit("cart")).startsWith("HTTP/1.1 200");
        assertThat(explicit("cart.shop")).startsWith("HTTP/1.1 200");
        assertThat(captured.get("10.96.0.10", 80, "x")).startsWith("HTTP/1.1 200");
        assertThat(banner("127.1.9.1", inRange.getLocalPort())).isEqualTo("220 ready");
        assertThat(banner("127.1.8.1", outside.getLocalPort())).isEqualTo("220 ready");
        assertThat(explicit("nobody.example")).startsWith("HTTP/1.1 503");
      }
      assertThat(clusters(envoy))
          .contains("//nobody.example", "127.1.9.1:" + inRange.getLocalPort(), "passthrough");
    }
    assertThat(cart.counted()).isEqualTo(90);
    // The requests that a new cluster was waited for may be lost, see docs/load-reports.md.
    Wait.until("the reports")
        .until(() -> server.loads().of(new ObjectName("shop", "cart"), 5).total().requests() >= 87);
    assertThat(server.loads().byPort(5).keySet()).containsExactly("shop/cart:http");
    assertThat(server.loads().all(5).total().requests()).isBetween(87L, 90L);
  }

  /** What is measured here stands in docs/envoy.md. */
  @Test
  void aTunnelIsRefused() throws IOException {
    bench.workload(http("cart"), 1);
    bench.workload(http("pay"), 1);
    bench.startServer();
    start();
    try (Socket explicit = new Socket(InetAddress.getLoopbackAddress(), outbound);
        Socket caught = captured.open("10.96.0.11", 80)) {
      for (Socket socket : List.of(explicit, caught)) {
        Captured.write(socket, "CONNECT pay.shop:80 HTTP/1.1\r\nHost: pay.shop:80\r\n\r\n");
        byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 404".length());
        assertThat(new String(status, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 404");
      }
    }
  }

  /** They serve at once, and have been loaded under every name that may be used. */
  @Test
  void servicesThatAreSaidToBeCalledServeWhileTheServerIsAway() throws IOException {
    bench.workload(http("cart"), 1);
    bench.workload(http("pay"), 1);
    bench.startServer();
    EnvoyProcess envoy = start(bench.xdsPort(), SidecarShape.ON_DEMAND, List.of("shop/cart"));
    assertThat(clusters(envoy))
        .isEqualTo(
            Set.of(
                "topology-xds",
                "passthrough",
                "//cart",
                "//cart.shop",
                "//10.96.0.10",
                "//[fd00:96::10]",
                "10.96.0.10:80",
                "[fd00:96::10]:80"));
    bench.stopServer();

    for (int i = 0; i < 20; i++) {
      assertThat(explicit("cart")).startsWith("HTTP/1.1 200");
      assertThat(explicit("cart.shop.svc.cluster.local")).startsWith("HTTP/1.1 200");
      assertThat(explicit("10.96.0.10")).startsWith("HTTP/1.1 200");
    }
  }

  /**
   * Both shapes of sidecars, at replicas that know this one and at such that do not, in turn. What
   * changes its listener drains the connections of the one before, so each request has its own.
   */
  @Test
  void oldAndNewReplicasServeBothShapesOfSidecars() throws IOException {
    Workload cart = bench.workload(http("cart"), 2);
    bench.startServer();
    try (OldReplicas replicas = new OldReplicas(bench.xdsPort())) {
      EnvoyProcess before = start(replicas.port(), SidecarShape.ALL_SERVICES, List.of());
      int withAll = outbound;
      EnvoyProcess now = start(replicas.port(), SidecarShape.ON_DEMAND, List.of());
      try (RunningLoad steady = traffic(withAll)) {
        for (int restart = 1; restart <= 4; restart++) {
          cart.awaitMore(200, pod -> true);
          boolean unused = moveToOtherKind(replicas, now);
          for (int i = 0; i < 20; i++) {
            assertThat(explicit("cart.shop.svc.cluster.local")).startsWith("HTTP/1.1 200");
          }
        }
        assertThat(steady.stop().failed()).isZero();
      }
      assertThat(before.alive() && now.alive()).isTrue();
    }
  }

  /** Returns whether they are at the old replica now; both have what it sends. */
  private boolean moveToOtherKind(OldReplicas replicas, EnvoyProcess onDemand) throws IOException {
    int expected = replicas.connections() + 2;
    // Before they are back: by then it may have what the other kind sends.
    boolean toOld = clusters(onDemand).contains("passthrough");
    replicas.restart();
    Wait.until("both to be back").until(() -> replicas.connections() >= expected);
    Wait.until("what the other kind of replica sends")
        .until(() -> clusters(onDemand).contains("passthrough") != toOld);
    Wait.until("the listener of that kind")
        .until(() -> explicit("cart.shop").startsWith("HTTP/1.1 200"));
    return toOld;
  }

  /**
   * The same with connections that the application keeps. An old replica takes the clusters away
   * that the listener of before leads to, which costs those of the sidecar on demand; a new one
   * leaves them to it, and nothing is lost.
   */
  @Test
  void whatIsLostOnKeptConnectionsBetweenOldAndNewReplicas() throws IOException {
    Workload cart = bench.workload(http("cart"), 2);
    bench.startServer();
    try (OldReplicas replicas = new OldReplicas(bench.xdsPort())) {
      EnvoyProcess before = start(replicas.port(), SidecarShape.ALL_SERVICES, List.of());
      int withAll = outbound;
      EnvoyProcess now = start(replicas.port(), SidecarShape.ON_DEMAND, List.of());
      for (int restart = 1; restart <= 4; restart++) {
        try (RunningLoad unchanged = traffic(withAll);
            RunningLoad moved = traffic(outbound)) {
          cart.awaitMore(400, pod -> true);
          boolean toOld = moveToOtherKind(replicas, now);
          cart.awaitMore(2000, pod -> true);
          LoadResult lost = moved.stop();
          System.out.printf(
              "to the %s replica: %d of %d failed, %s, %s%n",
              toOld ? "old" : "new",
              lost.failed(),
              lost.total(),
              lost.byStatus(),
              lost.firstError());
          assertThat(toOld || lost.failed() == 0).as("%s", lost).isTrue();
          assertThat(unchanged.stop().failed()).isZero();
        }
        try (RunningLoad opened = traffic(outbound)) {
          cart.awaitMore(400, pod -> true);
          assertThat(opened.stop().failed()).as("connections opened since").isZero();
        }
      }
      assertThat(before.alive() && now.alive()).isTrue();
    }
  }

  private static RunningLoad traffic(int port) {
    return new LoadGenerator(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            LoadRequest.get("cart.shop.svc.cluster.local"))
        .start(new LoadBounds(Long.MAX_VALUE, 4, Duration.ofMinutes(2), Duration.ofMillis(5)));
  }

  private EnvoyProcess start() throws IOException {
    return start(bench.xdsPort(), SidecarShape.ON_DEMAND, List.of());
  }

  private EnvoyProcess start(int xds, SidecarShape shape, List<String> services)
      throws IOException {
    OnDemandListeners listeners =
        new OnDemandListeners(
            List.of(
                Cidr.parse("10.96.0.0/24").orElseThrow(), Cidr.parse("127.1.9.0/24").orElseThrow()),
            new Destinations(
                new TreeSet<>(Set.of(80, 8080)),
                List.of(
                    new Destinations.Exceptions(
                        new TreeMap<>(Map.of(80, ListenerChain.TCP)),
                        new TreeSet<>(Set.of("10.96.0.10"))))),
            "cluster.local");
    CapturingSidecar started =
        CapturingSidecar.start(xds, Bench.inShop("node-a").calling(services), shape, listeners);
    bench.closing(started::close);
    sidecar = started;
    captured = started.captured();
    outbound = started.explicit().getPort();
    return started.envoy();
  }

  private String explicit(String host) throws IOException {
    return Objects.requireNonNull(sidecar).get(host);
  }

  private String banner(String address, int number) throws IOException {
    try (Socket socket = captured.open(address, number)) {
      byte[] read = socket.getInputStream().readNBytes("220 ready".length());
      return read.length == 0 ? "end" : new String(read, StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends a request, and waits for nothing. */
  private void write(String address, int number) throws IOException {
    Socket socket = captured.open(address, number);
    bench.closing(socket);
    Captured.write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  private static void greet(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        Captured.write(socket, "220 ready\n");
      } catch (IOException e) {
        return;
      }
    }
  }

  private static Set<String> clusters(EnvoyProcess envoy) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line : envoy.adminGet("/clusters").split("\n", -1)) {
      int end = line.indexOf("::added_via_api::");
      if (end > 0) {
        names.add(line.substring(0, end));
      }
    }
    return names;
  }

  private static ServiceSpec http(String name) throws IOException {
    return ServiceSpec.of("shop", name).withPort("http", 80, FreePorts.next());
  }

  private static ServiceSpec tcp(String name, int target) {
    return ServiceSpec.of("shop", name).withPort("tcp-db", 80, target);
  }
}
