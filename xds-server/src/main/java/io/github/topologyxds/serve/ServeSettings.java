package io.github.topologyxds.serve;

import io.github.topologyxds.topology.RoutingOptions;
import java.net.InetSocketAddress;

/**
 * What {@code serve} runs with.
 *
 * @param listen where xDS clients connect; port 0 takes a free one
 * @param admin the admin port; likewise
 * @param clusterDomain usually {@code cluster.local}
 */
public record ServeSettings(
    SourceSettings source,
    InetSocketAddress listen,
    InetSocketAddress admin,
    RoutingOptions routing,
    String clusterDomain) {
  public static final String DEFAULT_CLUSTER_DOMAIN = "cluster.local";
}
