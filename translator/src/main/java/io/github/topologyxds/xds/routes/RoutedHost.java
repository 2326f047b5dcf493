package io.github.topologyxds.xds.routes;

import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.model.ObjectName;
import java.util.List;

/** What answers to domains of a service port. */
sealed interface RoutedHost permits ServiceHost, PodHost {
  ObjectName service();

  String clusterName();

  /**
   * Returns the domains that it has for everybody: with the port, and without one if the domains
   * without a port belong to this port.
   */
  List<String> domains();

  /** Returns the domains that it has besides for clients of its own namespace. */
  List<String> bareDomains();

  /** Returns the virtual host with these domains, of which there must be at least one. */
  VirtualHost virtualHost(List<String> domains);
}
