package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.replicas.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a platform team installs: the chart by Helm into a real API server, with its own defaults,
 * which are mutual TLS and {@code --authenticate=required}; real Envoys with tokens that this API
 * server has signed. What no kubelet runs here, the Deployment's container, is a process with its
 * arguments and the rights of its service account.
 */
class InstalledClusterTest {
  /** Longer than the shortest token lives, and than a stream may outlive it. */
  private static final Duration AWAY =
      Duration.ofSeconds(TokenPod.SHORTEST_SECONDS + 60).plusSeconds(30);

  private final Path kubeconfig = RealCluster.kubeconfig();

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private final String near = namespace + "-a";
  private final String far = namespace + "-b";
  private final int xds;
  private final int api;

  private final ClusterReader reader = new ClusterReader(kubeconfig);
  private final TestObjects infra = new TestObjects(reader.client(), namespace);
  private final TestObjects shop = new TestObjects(reader.client(), namespace + "-shop");
  private final TestObjects pay = new TestObjects(reader.client(), namespace + "-pay");

  private final Path folder;
  private final IssuedCertificates certificates;
  private final InstalledChart chart;
  private final EchoBackend nearBackend;
  private final EchoBackend farBackend;

  InstalledClusterTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.xds = FreePorts.next();
    this.api = FreePorts.next();
    this.certificates = new IssuedCertificates(Files.createDirectory(folder.resolve("tls")));
    this.chart = new InstalledChart(reader.client(), kubeconfig, namespace, folder);
    this.nearBackend = EchoBackend.start(TestObjects.backend("web-a", "zone-a", near));
    this.farBackend = EchoBackend.start(TestObjects.backend("web-b", "zone-b", far));
  }

  @BeforeEach
  void install() throws IOException {
    for (TestObjects objects : List.of(infra, shop, pay)) {
      objects.namespace();
    }
    infra.node(near, "zone-a");
    infra.node(far, "zone-b");
    service("web", "topology-xds.io/visible-to: .");
    service("open", "");
    chart.install();
  }

  @AfterEach
  void remove() {
    // No kubelet confirms that the Pods have ended, and the Namespaces would wait for that.
    for (String of : List.of("-shop", "-pay")) {
      reader.client().pods().inNamespace(namespace + of).withGracePeriod(0).delete();
    }
    chart.close();
    nearBackend.close();
    farBackend.close();
    List.of(shop, pay, infra).forEach(TestObjects::close);
    reader.close();
  }

  private void service(String name, String annotations) {
    shop.service(name, annotations);
    for (EchoBackend backend : List.of(nearBackend, farBackend)) {
      shop.slice(name, backend.spec());
    }
  }

  @Test
  @Tag("real-cluster")
  void clientsAreWhoTheirTokensProveAndSeeWhatIsVisible() throws Exception {
    assertThat(chart.arguments()).contains("--authenticate=required", "--client-ca=/tls/ca.crt");
    ServerProcess server = chart.start(reader.client().getMasterUrl().toString(), xds, api);
    TokenPod front =
        new TokenPod(reader.client(), namespace + "-shop", near, folder.resolve("tls"));
    TokenPod other = new TokenPod(reader.client(), namespace + "-pay", far, folder.resolve("tls"));
    // Each says that it is where the other is.
    try (EnvoyProcess inShop = front.launch(xds, far, SidecarShape.ALL_SERVICES);
        EnvoyProcess inPay = other.launch(xds, near, SidecarShape.ALL_SERVICES);
        EnvoyProcess onDemand = other.launch(xds, near, SidecarShape.ON_DEMAND)) {
      for (EnvoyProcess envoy : List.of(inShop, inPay, onDemand)) {
        envoy.awaitReady();
      }
      assertThat(of(proxy("-shop"), "node", "zone", "identity"))
          .containsExactly(near, "zone-a", "verified");
      assertThat(of(proxy("-pay"), "node", "zone", "identity"))
          .containsExactly(far, "zone-b", "verified");

      assertThat(send(inShop, "web").failed()).isZero();
      assertThat(nearBackend.requests()).isEqualTo(100);
      assertThat(farBackend.requests()).isZero();
      assertThat(send(inPay, "open").failed()).isZero();
      assertThat(send(onDemand, "open").failed()).isZero();
      assertThat(farBackend.requests()).isEqualTo(200);

      // Other tests have Services in the cluster, too.
      String web = namespace + "-shop/web:http";
      String open = namespace + "-shop/open:http";
      assertThat(inShop.clusters()).contains(web, open);
      assertThat(inPay.clusters()).contains(open).doesNotContain(web);
      assertThat(send(inPay, "web").failed()).as("hidden looks like missing").isEqualTo(100);
      assertThat(send(onDemand, "web").failed()).as("hidden looks like missing").isEqualTo(100);
      assertThat(nearBackend.requests() + farBackend.requests()).isEqualTo(300);
    } finally {
      server.stop();
    }
  }

  /**
   * The token ends meanwhile, no other one can be had, and the certificate is renewed: whoever is
   * there stays, and who comes with the same token is let in, for nobody could have revoked it.
   */
  @Test
  @Tag("api-away")
  void nothingIsLostWhileTheApiServerIsAwayForLongerThanATokenLives() throws Exception {
    try (TestCluster cluster = TestCluster.of(kubeconfig, folder)) {
      ServerProcess server = chart.start("https://127.0.0.1:" + cluster.pipe().port(), xds, api);
      TokenPod front =
          new TokenPod(reader.client(), namespace + "-shop", near, folder.resolve("tls"));
      try (EnvoyProcess envoy = front.launch(xds, near, SidecarShape.ALL_SERVICES)) {
        envoy.awaitReady();
        SteadyTraffic traffic = traffic(envoy);
        cluster.pipe().hang();
        long back = System.nanoTime() + AWAY.toNanos();
        TimeUnit.SECONDS.sleep(AWAY.toSeconds() / 2);
        certificates.renew();
        TimeUnit.NANOSECONDS.sleep(back - System.nanoTime());
        try (EnvoyProcess late = front.launch(xds, near, SidecarShape.ALL_SERVICES)) {
          late.awaitReady();
          assertThat(send(late, "web").failed()).isZero();
        }
        assertThat(server.readiness()).isEqualTo(200);
        assertThat(envoy.stats("control_plane.").get("control_plane.connected_state")).isOne();

        front.projectToken();
        cluster.pipe().flow();
        shop.delete("EndpointSlice", "web-zone-a");
        Wait.until("the API server is followed again")
            .atMost(Duration.ofMinutes(2))
            .until(() -> {
              long before = farBackend.requests();
              TimeUnit.MILLISECONDS.sleep(500);
              return farBackend.requests() > before;
            });
        long requests = traffic.assertNoneFailed();
        System.out.printf(
            "API server away for %d s: %d requests, 0 failed%n", AWAY.toSeconds(), requests);
        assertThat(requests).isGreaterThan(10_000);
      } finally {
        server.stop();
      }
    }
  }

  private SteadyTraffic traffic(EnvoyProcess envoy) {
    return new SteadyTraffic(new LoadGenerator(envoy.outbound(), LoadRequest.get(host("web"))));
  }

  private LoadResult send(EnvoyProcess envoy, String service) {
    return new LoadGenerator(envoy.outbound(), LoadRequest.get(host(service)))
        .run(LoadBounds.of(100, 4));
  }

  private String host(String service) {
    return service + "." + namespace + "-shop.svc.cluster.local";
  }

  /** The first of those that the API lists of a Namespace. */
  private JsonNode proxy(String of) {
    CommandRun run =
        CommandRun.of("proxies --admin 127.0.0.1:%d -n %s%s -o json".formatted(api, namespace, of));
    assertThat(run.err()).isEmpty();
    return new JsonMapper().readTree(run.out()).path("items").path(0);
  }

  private static List<String> of(JsonNode client, String... fields) {
    return Stream.of(fields).map(field -> client.path(field).asString("")).toList();
  }
}
