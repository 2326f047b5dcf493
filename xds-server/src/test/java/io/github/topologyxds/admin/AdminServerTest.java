package io.github.topologyxds.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.delivery.ResourceStore;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.topology.RoutingOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  void isNotReadyAnyMoreWhenItStops() {
    Readiness readiness =
        new Readiness(new ResourceStore("cluster.local"), SourceHealth.NO_WATCHES);
    readiness.stopping();

    assertThat(readiness.ready()).isFalse();
    assertThat(readiness.text()).isEqualTo("stopping\n");
  }

  private ControlPlane start() throws Exception {
    return ControlPlane.start(
        new ServeSettings(
            new SourceSettings.Folder(folder), ANY_PORT, ANY_PORT, RoutingOptions.DEFAULT));
  }

  private HttpResponse<String> get(ControlPlane controlPlane, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + controlPlane.adminPort() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
