package io.github.topologyxds.bootstrap;

import io.github.topologyxds.model.names.PortNumber;

/**
 * The ports of one Envoy, 1 to 65535 and not alike, else an IllegalArgumentException with a message
 * for the user. An eds-only Envoy's TCP listener takes {@code listener + 1}.
 */
public record ProxyPorts(int admin, int listener) {
  public static final ProxyPorts DEFAULT = new ProxyPorts(15000, 15001);

  public ProxyPorts {
    requirePort(admin);
    requirePort(listener);
    if (admin == listener) {
      throw new IllegalArgumentException(
          "the admin port and the listener port must differ, both are " + admin);
    }
  }

  /** Port of the eds-only TCP listener. */
  int tcpListener() {
    return listener + 1;
  }

  static void requirePort(int port) {
    if (!PortNumber.isValid(port)) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
    }
  }
}
