package io.github.topologyxds.serve;

import io.github.topologyxds.topology.RoutingOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * What {@code serve} runs with.
 *
 * @param files the folder of manifests
 * @param listen where xDS clients connect; port 0 takes a free one
 * @param admin the admin port; likewise
 * @param clusterDomain usually {@code cluster.local}
 */
public record ServeSettings(
    Path files,
    InetSocketAddress listen,
    InetSocketAddress admin,
    RoutingOptions routing,
    String clusterDomain) {
  public static final String DEFAULT_CLUSTER_DOMAIN = "cluster.local";
}
