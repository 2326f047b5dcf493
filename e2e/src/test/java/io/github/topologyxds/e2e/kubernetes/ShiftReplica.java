package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.shiftstatus.ShiftStatusWriter;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A control plane that writes the status of ZonalShifts, as one in a Pod of a namespace does. */
record ShiftReplica(ControlPlane controlPlane) implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static ShiftReplica inPod(Path kubeconfig, String namespace) throws Exception {
    return start(
        new SourceSettings.Cluster(kubeconfig, null, List.of(namespace))
            .withStatus(ShiftStatusWriter.lease(namespace)));
  }

  /** Outside of a Pod there is no Lease. */
  static ShiftReplica outside(Path kubeconfig, String namespace) throws Exception {
    return start(new SourceSettings.Cluster(kubeconfig, null, List.of(namespace)));
  }

  private static ShiftReplica start(SourceSettings source) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new ShiftReplica(
        ControlPlane.start(
            new ServeSettings(source, anyPort, anyPort, RoutingOptions.DEFAULT)
                .withApi(new ApiSettings(anyPort, List.of()))));
  }

  /** Returns what the API says of the shifts that act. */
  JsonNode acting() throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + controlPlane.apiPort().orElseThrow() + "/api/v1/status");
    return JSON.readTree(
            HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
        .path("shifts");
  }

  @Override
  public void close() {
    controlPlane.close();
  }
}
