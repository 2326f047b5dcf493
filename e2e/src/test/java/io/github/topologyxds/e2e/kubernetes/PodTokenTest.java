package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.ProvenSidecars;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Envoy with the files that {@code bootstrap --token-file --out} writes shows its Pod's
 * token to a server that asks for it, and goes on when token, certificate and CA are rotated.
 */
class PodTokenTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Who shows a refused token for the second time is answered so late, and asks again then. */
  private static final Duration REFUSAL_IS_LATE = Duration.ofSeconds(30);

  @TempDir private Path folder = Path.of("");

  private Path token = Path.of("");

  @BeforeEach
  void files() throws Exception {
    token = folder.resolve("token");
    AuthenticatingServer.writeCertificates(folder, "authority-1");
  }

  @Test
  void theTokensNodeCountsAndAllRotatesUnderTraffic() throws Exception {
    int port = FreePorts.next();
    try (ApiServer api = ApiServer.start();
        Shop shop = new Shop(api, FreePorts.next())) {
      AuthenticatingServer.write(token, api.tokens().podToken("shop", "front-1", "node-b", HOUR));
      // It claims another Node than its token proves.
      try (EnvoyProcess envoy = launch(port, "node-a");
          SteadyTraffic traffic = throughFirstServer(api, envoy, port)) {
        // While no server is there, all that the connection is made with is replaced.
        api.tokens().rotateTo("key-2");
        AuthenticatingServer.write(token, api.tokens().podToken("shop", "front-1", "node-a", HOUR));
        AuthenticatingServer.writeCertificates(folder, "authority-2");
        try (ControlPlane controlPlane = AuthenticatingServer.start(api, folder, port)) {
          Wait.until("Envoy is back with its new token")
              .untilAsserted(
                  () -> assertThat(metrics(controlPlane)).contains(clients("zone-a") + " 1.0"));
          shop.endpoints(2);
          assertThat(traffic.assertNoneFailed()).isPositive();
        }
      }
    }
  }

  private SteadyTraffic throughFirstServer(ApiServer api, EnvoyProcess envoy, int port)
      throws Exception {
    try (ControlPlane controlPlane = AuthenticatingServer.start(api, folder, port)) {
      envoy.awaitReady();
      assertThat(metrics(controlPlane))
          .contains(clients("zone-b") + " 1.0", "topology_xds_client_claims_differing_total 1.0");
      return new SteadyTraffic(
          new LoadGenerator(envoy.outbound(), LoadRequest.get("web.shop.svc.cluster.local")));
    }
  }

  /** The metric of the clients of a zone that a token has proven. */
  static String clients(String zone) {
    return "topology_xds_clients{identity=\"token\",protocol=\"delta\",zone=\"" + zone + "\"}";
  }

  @Test
  void anotherClustersTokenIsNotLetIn() throws Exception {
    try (ApiServer api = ApiServer.start();
        ApiServer another = ApiServer.start();
        Shop shop = new Shop(api, FreePorts.next());
        ControlPlane controlPlane = AuthenticatingServer.start(api, folder, 0)) {
      AuthenticatingServer.write(
          token, another.tokens().podToken("shop", "front-1", "node-a", HOUR));
      assertThat(shop).isNotNull();
      try (EnvoyProcess envoy = launch(controlPlane.xdsPort(), "node-a")) {
        Wait.until("it is refused")
            .untilAsserted(() ->
                assertThat(metrics(controlPlane))
                    .containsPattern(
                        "topology_xds_auth_failures_total.reason=\"signature\". [1-9]"));
        assertThat(envoy.clusters()).doesNotContain("shop/");
        // The right one comes, as the kubelet writes it.
        AuthenticatingServer.write(token, api.tokens().podToken("shop", "front-1", "node-a", HOUR));
        Wait.until("it is let in")
            .atMost(REFUSAL_IS_LATE.multipliedBy(2))
            .untilAsserted(() -> assertThat(envoy.clusters()).contains("shop/web:http"));
      }
    }
  }

  private EnvoyProcess launch(int port, String node) throws IOException {
    return ProvenSidecars.ofToken(folder)
        .launch(port, node, SidecarShape.ALL_SERVICES, XdsProtocol.DELTA);
  }

  static String metrics(ControlPlane controlPlane) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + controlPlane.adminPort() + "/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
