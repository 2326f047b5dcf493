package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A control plane with {@code --manage-slices}. */
record SliceReplica(ControlPlane controlPlane) implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Small slices, so that a few endpoints make several. */
  static final int MAX_ENDPOINTS = 10;

  static SliceReplica start(Path kubeconfig, WriterSettings slices, String... namespaces)
      throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SliceReplica(
        ControlPlane.start(
            new ServeSettings(
                new SourceSettings.Cluster(kubeconfig, null, List.of(namespaces))
                    .withSlices(slices),
                anyPort,
                anyPort,
                RoutingOptions.DEFAULT)));
  }

  /** Returns settings for an installation of the test's own. */
  static WriterSettings settings(String managedBy, LeaseName lease, String... cidrs) {
    AllowedAddresses allowed =
        new AllowedAddresses.Within(
            Arrays.stream(cidrs).map(cidr -> Cidr.parse(cidr).orElseThrow()).toList());
    return new WriterSettings(
        new PlannerSettings(managedBy, lease.installation(), MAX_ENDPOINTS, allowed), lease);
  }

  boolean leads() throws Exception {
    return metrics().contains("topology_xds_slices_leader 1.0");
  }

  String metrics() throws Exception {
    return admin("/metrics").body();
  }

  HttpResponse<String> admin(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + controlPlane.adminPort() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    controlPlane.close();
  }
}
