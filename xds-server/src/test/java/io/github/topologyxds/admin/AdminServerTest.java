package io.github.topologyxds.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {clusterIP: 10.96.0.1, ports: [{name: http, port: 80}]}
      """;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldBeReadyOnceThereIsACompleteStateAndNotBefore() throws Exception {
    try (ControlPlane controlPlane = start()) {
      assertThat(get(controlPlane, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(controlPlane, "/readyz").statusCode()).isEqualTo(503);
      Files.writeString(folder.resolve("shop.yaml"), SERVICE);
      await().until(() -> get(controlPlane, "/readyz").statusCode() == 200);
      assertThat(get(controlPlane, "/metrics").body())
          .contains("topology_xds_clusters 1.0", "topology_xds_translations_total 0.0");
      assertThat(get(controlPlane, "/elsewhere").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void shouldAnswerWhileSomebodyElseSendsHalfARequest() throws Exception {
    try (ControlPlane controlPlane = start();
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), controlPlane.adminPort())) {
      slow.getOutputStream().write("GET /live".getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();
      assertThat(get(controlPlane, "/livez").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void shouldAnswerWhateverTheHostAndEachMethodAsHttpWants() throws Exception {
    try (ControlPlane controlPlane = start()) {
      assertThat(raw(controlPlane, "GET /livez HTTP/1.1\r\nHost: any.example\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\r\n\r\nok\n");
      assertThat(raw(controlPlane, "GET /livez?verbose HTTP/1.0\r\n\r\n")).contains(" 200 ");
      assertThat(raw(controlPlane, "HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("content-length: 3\r\n")
          .endsWith("\r\n\r\n");
      assertThat(raw(controlPlane, "HEAD /readyz HTTP/1.1\r\nHost: x\r\n\r\n")).contains(" 503 ");
      assertThat(raw(controlPlane, "POST /livez HTTP/1.1\r\nHost: x\r\n\r\n"))
          .contains(" 405 ", "allow: GET, HEAD");
      assertThat(raw(controlPlane, "\u0000\u0001 nonsense\r\n\r\n")).contains(" 400 ");
    }
  }

  /** Somebody holds more connections than the port has: the newest is a probe, and is answered. */
  @Test
  void shouldAnswerWhileSomebodyHoldsAllConnections() throws Exception {
    List<Socket> held = new ArrayList<>();
    try (ControlPlane controlPlane = start()) {
      for (int i = 0; i < 3 * AdminServer.MAX_CONNECTIONS; i++) {
        held.add(new Socket(InetAddress.getLoopbackAddress(), controlPlane.adminPort()));
      }
      assertThat(get(controlPlane, "/livez").body()).isEqualTo("ok\n");
      assertThat(held.getFirst().getInputStream().read()).as("closed").isEqualTo(-1);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void shouldNameAnAddressThatCannotBeListenedOn() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress elsewhere =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 18000);
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      InetSocketAddress inUse = new InetSocketAddress(loopback, taken.getLocalPort());
      String where = "cannot listen on 127.0.0.1:" + taken.getLocalPort();
      assertThatThrownBy(() -> start(inUse, ANY_PORT))
          .hasMessage(where + " (xDS): another process listens there");
      assertThatThrownBy(() -> start(ANY_PORT, inUse))
          .hasMessage(where + " (admin): another process listens there");
      assertThatThrownBy(() -> start(elsewhere, ANY_PORT))
          .hasMessage("cannot listen on 192.0.2.1:18000 (xDS): this machine has no such address");
      assertThatThrownBy(() -> start(ANY_PORT, elsewhere))
          .hasMessage("cannot listen on 192.0.2.1:18000 (admin): this machine has no such address");
    }
  }

  @Test
  void isNotReadyAnyMoreWhenItStops() {
    Readiness readiness =
        new Readiness(new ResourceStore("cluster.local"), SourceHealth.NO_WATCHES);
    readiness.stopping();

    assertThat(readiness.ready()).isFalse();
    assertThat(readiness.text()).isEqualTo("stopping\n");
  }

  private ControlPlane start() throws Exception {
    return start(ANY_PORT, ANY_PORT);
  }

  private ControlPlane start(InetSocketAddress xds, InetSocketAddress admin) throws Exception {
    return ControlPlane.start(
        new ServeSettings(new SourceSettings.Folder(folder), xds, admin, RoutingOptions.DEFAULT));
  }

  /** Sends a request as it stands, and reads until the server closes. */
  private static String raw(ControlPlane controlPlane, String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), controlPlane.adminPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> get(ControlPlane controlPlane, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + controlPlane.adminPort() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
