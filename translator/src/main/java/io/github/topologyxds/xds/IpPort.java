package io.github.topologyxds.xds;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import java.util.Comparator;

/**
 * Where Envoy reaches an endpoint.
 *
 * @param ip canonical literal
 * @param port 1..65535
 */
public record IpPort(String ip, int port) implements Comparable<IpPort> {
  private static final Comparator<IpPort> ORDER =
      Comparator.comparing(IpPort::ip).thenComparingInt(IpPort::port);

  @Override
  public int compareTo(IpPort other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code 10.0.1.1:8080} or {@code [fd00::1]:8080}. */
  @Override
  public String toString() {
    return host() + ":" + port;
  }

  /** Returns the address as it stands in a URL: {@code 10.0.1.1} or {@code [fd00::1]}. */
  public String host() {
    return switch (Family.of(ip)) {
      case IPV4 -> ip;
      case IPV6 -> "[" + ip + "]";
    };
  }

  /** Returns where one of our load assignments has an endpoint. */
  public static IpPort of(LbEndpoint endpoint) {
    SocketAddress address = endpoint.getEndpoint().getAddress().getSocketAddress();
    return new IpPort(address.getAddress(), address.getPortValue());
  }

  static IpPort of(PortRouting routing, UsableEndpoint endpoint) {
    return new IpPort(endpoint.ip(), routing.number(endpoint));
  }
}
