package io.github.topologyxds.xds;

import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.UsableEndpoint;

/**
 * Where Envoy reaches an endpoint.
 *
 * @param ip canonical literal
 * @param port 1..65535
 */
record IpPort(String ip, int port) {
  static IpPort of(PortRouting routing, UsableEndpoint endpoint) {
    return new IpPort(endpoint.ip(), routing.number(endpoint));
  }
}
