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
import io.github.topologyxds.identity.AuthenticationFailure;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred clients and a real Envoy under traffic show their Pod's token over TLS, while the key
 * of the tokens, the tokens, the server's certificate and its CA are replaced, and the server
 * stays.
 */
class RotationUnderTrafficTest {
  private static final int CLIENTS = 100;
  private static final Duration HOUR = Duration.ofHours(1);

  /** It ends 60 s later, as clocks may differ by that (docs/identity.md): in 20 s. */
  private static final Duration SHORT = Duration.ofSeconds(-40);

  /** That, and the 10 s between two looks at the tokens in use; then again, on a busy machine. */
  private static final Duration ITS_END = Duration.ofSeconds(80);

  private static final String CUT = Status.Code.UNAVAILABLE.name();
  private static final String EXPIRED = AuthenticationFailure.EXPIRED.words();

  @TempDir private Path folder = Path.of("");
  private final List<ReturningClient> clients = new ArrayList<>();

  @AfterEach
  void disconnect() {
    clients.forEach(ReturningClient::close);
  }

  @Test
  void streamsLiveOrComeBackAndNoRequestFails() throws Exception {
    AuthenticatingServer.writeCertificates(folder, "authority-1");
    try (ApiServer api = ApiServer.start();
        Shop shop = new Shop(api, FreePorts.next());
        ControlPlane controlPlane = AuthenticatingServer.start(api, folder, 0);
        FaultPipe pipe =
            new FaultPipe(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPlane.xdsPort()))) {
      token(api, "node-b", HOUR);
      try (EnvoyProcess envoy =
          ProvenSidecars.ofToken(folder)
              .launch(pipe.port(), "node-b", SidecarShape.ALL_SERVICES, XdsProtocol.DELTA)) {
        envoy.awaitReady();
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(new ReturningClient(pipe.port(), folder, "client-" + i, "shop/web:http"));
        }
        awaitAllIn(controlPlane, "zone-b");
        awaitEndpoints(2);
        try (SteadyTraffic traffic =
            new SteadyTraffic(
                new LoadGenerator(
                    envoy.outbound(), LoadRequest.get("web.shop.svc.cluster.local")))) {
          // Who is there stays, and hears of what changes.
          api.tokens().rotateTo("key-2");
          token(api, "node-b", HOUR);
          AuthenticatingServer.writeCertificates(folder, "authority-2");
          awaitLetIn(controlPlane);
          shop.endpoints(1, 2, 3);
          awaitEndpoints(3);
          assertThat(ends()).containsOnly(List.of());

          // Who loses its connection comes back, with what has been written meanwhile.
          token(api, "node-a", SHORT);
          pipe.cut();
          awaitAllIn(controlPlane, "zone-a");
          assertThat(ends()).containsOnly(List.of(CUT));

          // Whose token ends comes back with the next one.
          token(api, "node-b", HOUR);
          awaitAllIn(controlPlane, "zone-b");
          assertThat(ends()).containsOnly(List.of(CUT, EXPIRED));
          shop.endpoints(2);
          awaitEndpoints(1);
          assertThat(traffic.assertNoneFailed()).isPositive();
        }
      }
    }
  }

  private void token(ApiServer api, String node, Duration lifetime) throws Exception {
    AuthenticatingServer.write(
        folder.resolve("token"), api.tokens().podToken("shop", "front-1", node, lifetime));
  }

  /** The clients and the Envoy. */
  private static void awaitAllIn(ControlPlane controlPlane, String zone) {
    String all = PodTokenTest.clients(zone) + " %d.0\n".formatted(CLIENTS + 1);
    Wait.until("all in " + zone)
        .atMost(ITS_END)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(PodTokenTest.metrics(controlPlane)).contains(all));
  }

  private void awaitEndpoints(int endpoints) {
    Wait.until(endpoints + " endpoints")
        .untilAsserted(
            () -> assertThat(clients).allMatch(client -> client.endpoints() == endpoints));
  }

  /** Returns when a client that knows what is new alone has been answered. */
  private void awaitLetIn(ControlPlane controlPlane) {
    try (ReturningClient probe =
        new ReturningClient(controlPlane.xdsPort(), folder, "probe", "shop/web:http")) {
      Wait.until("the new files and the new key are in force")
          .atMost(Duration.ofSeconds(40))
          .until(() -> probe.endpoints() == 2);
    }
  }

  private List<List<String>> ends() {
    return clients.stream()
        .map(client ->
            client.ends().stream()
                .map(end -> EXPIRED.equals(end.getDescription()) ? EXPIRED : end.getCode().name())
                .toList())
        .toList();
  }
}
