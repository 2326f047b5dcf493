package io.github.topologyxds.xds.ondemand;

import io.github.topologyxds.xds.PortProtocol;
import io.github.topologyxds.xds.ServiceRoute;

/**
 * The chain of a sidecar's listener that takes the connections to a Service's port.
 *
 * @param protocol what the port is taken for
 * @param maxAgeSeconds when a TCP connection is closed; 0: never
 */
public record ListenerChain(PortProtocol protocol, int maxAgeSeconds)
    implements Comparable<ListenerChain> {
  /** By the request. */
  public static final ListenerChain HTTP = new ListenerChain(PortProtocol.HTTP, 0);

  /** By the connection, of any age. */
  public static final ListenerChain TCP = new ListenerChain(PortProtocol.TCP, 0);

  /** Returns the chain for a Service's port. */
  static ListenerChain of(ServiceRoute route, ConnectionAges ages) {
    return switch (PortProtocol.of(route.port())) {
      case HTTP -> HTTP;
      case TCP -> new ListenerChain(PortProtocol.TCP, ages.seconds(route.maxConnectionAge()));
    };
  }

  /** Returns whether connections are closed for their age. */
  boolean limited() {
    return maxAgeSeconds > 0;
  }

  /** Returns its name in the listener. */
  String chainName() {
    return switch (protocol) {
      case HTTP -> "http";
      case TCP -> limited() ? "tcp-" + maxAgeSeconds + "s" : "tcp";
    };
  }

  @Override
  public int compareTo(ListenerChain other) {
    int byProtocol = protocol.compareTo(other.protocol);
    return byProtocol == 0 ? Integer.compare(maxAgeSeconds, other.maxAgeSeconds) : byProtocol;
  }
}
