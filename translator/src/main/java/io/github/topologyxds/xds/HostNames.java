package io.github.topologyxds.xds;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which service port a client means by a name, after all domains have been given away: as a sidecar
 * decides by a request's {@code Host}. Immutable; any thread.
 *
 * <p>Names are {@code service.namespace}, with {@code .svc} and {@code .svc.DOMAIN} or without,
 * {@code service} alone in the client's own namespace, and cluster IPs, each with {@code :port} or,
 * where that is plain, without; in any case, and with a dot at the end of the host; besides {@code
 * namespace/service}, with {@code :port} by number or name.
 */
public final class HostNames {
  private final Map<String, String> clusters = new HashMap<>();

  /** Knows none yet. */
  HostNames() {}

  /** A Service's port got these domains, and its bare ones for clients of its namespace. */
  void add(ServiceHost host, Iterable<String> domains) {
    for (String domain : domains) {
      clusters.putIfAbsent(domain.toLowerCase(Locale.ROOT), host.clusterName());
    }
    String namespace = host.service().namespace();
    for (String bare : host.bareDomains()) {
      clusters.putIfAbsent(inNamespace(namespace, bare), host.clusterName());
    }
    clusters.putIfAbsent(host.clusterName(), host.clusterName());
  }

  /**
   * Returns the cluster that a name leads to; null when it is no name of a service port that HTTP
   * can reach.
   *
   * @param clientNamespace whose Services may be called by their bare names; "" for none
   */
  public @Nullable String clusterOf(String name, String clientNamespace) {
    String plain = withoutDotAtTheEnd(name.toLowerCase(Locale.ROOT));
    String known = clusters.get(plain);
    return known == null ? clusters.get(inNamespace(clientNamespace, plain)) : known;
  }

  private static String inNamespace(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** {@code cart.shop.svc.cluster.local.:80} is {@code cart.shop.svc.cluster.local:80}. */
  private static String withoutDotAtTheEnd(String name) {
    int colon = name.lastIndexOf(':');
    int end = colon < 0 ? name.length() : colon;
    return end > 0 && name.charAt(end - 1) == '.'
        ? name.substring(0, end - 1) + name.substring(end)
        : name;
  }
}
