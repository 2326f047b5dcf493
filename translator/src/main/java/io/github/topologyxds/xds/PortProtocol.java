package io.github.topologyxds.xds;

import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.finding.Finding;
import java.util.Optional;

/**
 * What a sidecar that catches traffic by its destination takes a TCP port of a Service for: HTTP is
 * balanced and retried by the request, everything else by the connection. HTTP only where somebody
 * says so: a protocol in which the server speaks first hangs where HTTP is expected.
 */
public enum PortProtocol {
  /** HTTP/1.1 or HTTP/2 in plain text. */
  HTTP,
  /** Anything else, TLS among it. */
  TCP;

  /**
   * Returns what a port's {@code appProtocol} says; without one what the port's name begins with,
   * as Istio's users write it ({@code http-web}, {@code grpc}); else TCP.
   */
  public static PortProtocol of(ServicePort port) {
    return port.appProtocol().isEmpty()
        ? byName(port.name()).orElse(TCP)
        : byAppProtocol(port.appProtocol());
  }

  /** Returns what is wrong where {@code appProtocol} and the port's name say different things. */
  public static Optional<String> contradiction(ServicePort port) {
    if (port.appProtocol().isEmpty()) {
      return Optional.empty();
    }
    PortProtocol counts = byAppProtocol(port.appProtocol());
    return byName(port.name())
        .filter(named -> named != counts)
        .map(named ->
            "port %s %d is %s by its name and %s by its appProtocol \"%s\", which counts; rename the port"
                .formatted(
                    port.name(), port.number(), named, counts, Finding.quote(port.appProtocol())));
  }

  private static PortProtocol byAppProtocol(String appProtocol) {
    return switch (appProtocol) {
      case "http", "http2", "grpc", "kubernetes.io/h2c", "kubernetes.io/ws" -> HTTP;
      default -> TCP;
    };
  }

  /** Istio's protocols, where they stand alone or before a dash; another name says nothing. */
  private static Optional<PortProtocol> byName(String name) {
    int dash = name.indexOf('-');
    return switch (dash < 0 ? name : name.substring(0, dash)) {
      case "http", "http2", "grpc" -> Optional.of(HTTP);
      case "https", "tls", "tcp", "mongo", "mysql", "redis" -> Optional.of(TCP);
      default -> Optional.empty();
    };
  }
}
