package io.github.topologyxds.e2e.shares;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server on a folder, to which Envoys report their load. */
record DemandServer(ControlPlane controlPlane) implements AutoCloseable {
  static DemandServer start(Path folder, String yaml, Duration loadReports) throws Exception {
    Files.writeString(folder.resolve("world.yaml"), yaml);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new DemandServer(
        ControlPlane.start(
            new ServeSettings(new SourceSettings.Folder(folder), any, any, RoutingOptions.DEFAULT)
                .withApi(new ApiSettings(any, List.of()))
                .withXds(XdsSettings.DEFAULT.withLoadReportInterval(loadReports))));
  }

  int xdsPort() {
    return controlPlane.xdsPort();
  }

  /** Returns what is explained of the Service to a client in zone a, as the API says it. */
  String explain() throws IOException, InterruptedException {
    return explain(controlPlane.apiPort().orElseThrow());
  }

  /** Returns the same as the API at this port says it. */
  static String explain(int apiPort) throws IOException, InterruptedException {
    URI explain =
        URI.create(
            "http://127.0.0.1:%d/api/v1/services/shop/cart/explain?zone=a&text=table"
                .formatted(apiPort));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(explain).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Override
  public void close() {
    controlPlane.close();
  }
}
