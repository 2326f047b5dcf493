package io.github.topologyxds.serve;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.source.snapshot.SnapshotSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} runs with.
 *
 * @param listen where xDS clients connect; port 0 takes a free one
 * @param admin the admin port; likewise
 * @param clusterDomain usually {@code cluster.local}
 * @param xds how the xDS port is served
 * @param api how the API is served; null: not at all
 * @param snapshot where the last complete state is kept; null: nowhere
 */
public record ServeSettings(
    SourceSettings source,
    InetSocketAddress listen,
    InetSocketAddress admin,
    RoutingOptions routing,
    String clusterDomain,
    XdsSettings xds,
    @Nullable ApiSettings api,
    @Nullable SnapshotSettings snapshot) {
  public static final String DEFAULT_CLUSTER_DOMAIN = "cluster.local";

  /** Without TLS. */
  public ServeSettings(
      SourceSettings source,
      InetSocketAddress listen,
      InetSocketAddress admin,
      RoutingOptions routing) {
    this(source, listen, admin, routing, DEFAULT_CLUSTER_DOMAIN, XdsSettings.DEFAULT, null, null);
  }

  /** Returns these settings with a snapshot. */
  public ServeSettings withSnapshot(SnapshotSettings other) {
    return new ServeSettings(source, listen, admin, routing, clusterDomain, xds, api, other);
  }

  /** Returns these settings with another way to serve the xDS port. */
  public ServeSettings withXds(XdsSettings other) {
    return new ServeSettings(source, listen, admin, routing, clusterDomain, other, api, snapshot);
  }

  /** Returns these settings with the API. */
  public ServeSettings withApi(ApiSettings other) {
    return new ServeSettings(source, listen, admin, routing, clusterDomain, xds, other, snapshot);
  }
}
