package io.github.topologyxds.xds.resource;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServicePort;
import java.util.Optional;

/** The names of our resources: the same for every client; who asks decides the content. */
public final class ResourceNames {
  /** The sidecar's listener and its route configuration. */
  public static final String OUTBOUND = "outbound";

  /** The listener of a sidecar on demand for IPv6. */
  public static final String OUTBOUND_IPV6 = "outbound-ipv6";

  /** The cluster of a sidecar on demand for what goes to no Service. */
  public static final String PASSTHROUGH = "passthrough";

  private ResourceNames() {}

  /** Returns {@code namespace/service:port}, with the port's name, or its number if it has none. */
  public static String cluster(ObjectName service, ServicePort port) {
    return service + ":" + (port.name().isEmpty() ? port.number() : port.name());
  }

  /**
   * Returns the Service of a cluster, or of its load assignment; empty when the name is no such.
   */
  public static Optional<ObjectName> service(String cluster) {
    int colon = cluster.lastIndexOf(':');
    return colon < 0 ? Optional.empty() : ObjectName.parse(cluster.substring(0, colon));
  }

  /** Returns whether a cluster's name is that of a service port: others have no slash within. */
  public static boolean isPort(String cluster) {
    return cluster.indexOf('/') > 0;
  }

  /** Returns whether a cluster's name is that of a port of this Service. */
  public static boolean isPortOf(ObjectName service, String cluster) {
    String namespace = service.namespace();
    String name = service.name();
    int slash = namespace.length();
    int colon = slash + 1 + name.length();
    return cluster.length() > colon
        && cluster.charAt(slash) == '/'
        && cluster.charAt(colon) == ':'
        && cluster.startsWith(namespace)
        && cluster.startsWith(name, slash + 1);
  }
}
