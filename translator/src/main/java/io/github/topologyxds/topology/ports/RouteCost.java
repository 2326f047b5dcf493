package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;

/** What the route to a service port takes of the heap: see {@link ServiceCost}. */
final class RouteCost {
  /** What stands in a route beside its cluster and its domains: how requests are retried. */
  private static final int ROUTE = 300;

  /** The virtual host and its port, as they are kept. */
  private static final int HOST = 300;

  /** Of a headless Service: what finds the Pod that a name means. */
  private static final int POD_HOST = 400;

  /** The one that all share, and those that clients of two namespaces are sent. */
  private static final int COPIES = 3;

  /** A name, with its namespace, with {@code .svc}, and with the cluster's domain. */
  private static final int HOSTS = 3;

  /** {@code .svc}, and again with {@code .cluster.local}, or somewhat longer. */
  private static final int SUFFIXES = 4 + 4 + 24;

  /** {@code :65535}, and what announces a string in a message. */
  private static final int PORT_AND_TAG = 6 + 3;

  private static final int HTTP_PORT = 80;

  private RouteCost() {}

  /** Returns bytes; 0 for a port that has no route. */
  static long of(ServiceModel service, ServicePort port) {
    if (port.protocol() != Protocol.TCP) {
      return 0;
    }
    // With the number and without it: of port 80, and of an only port.
    int forms = port.number() == HTTP_PORT || service.ports().size() == 1 ? 2 : 1;
    int own = service.name().toString().length();
    long characters = forms * ((long) HOSTS * own + SUFFIXES);
    for (String ip : service.clusterIps()) {
      characters += (long) forms * ip.length();
    }
    int domains = forms * (HOSTS + service.clusterIps().size());
    long cluster = own + 1L + port.name().length();
    long host = host(domains, characters, cluster);
    return service.type() == ServiceType.HEADLESS
        ? host + host(domains, characters, cluster) + POD_HOST * (long) COPIES
        : host;
  }

  private static long host(int domains, long characters, long cluster) {
    long message = ROUTE + 2 * cluster + characters + (long) PORT_AND_TAG * domains;
    long strings = domains * HeapBytes.ofLength(PORT_AND_TAG) + characters;
    return HOST + COPIES * message + strings;
  }
}
