package io.github.topologyxds.xds.routes;

import io.github.topologyxds.model.ObjectName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which service port, or which Pod, a client means by a name, after all domains have been given
 * away: the one function for the hosts of requests, gRPC's targets and commands. Immutable; any
 * thread.
 *
 * <p>Names are {@code service.namespace}, with {@code .svc} and {@code .svc.DOMAIN} or without,
 * {@code service} alone in the client's own namespace, and cluster IPs, each with {@code :port} or,
 * where that is plain, without; in any case, and with a dot at the end of the host; besides {@code
 * namespace/service}, with {@code :port} by number or name. A Pod of a headless Service is its
 * hostname before the Service's name.
 */
public final class HostNames {
  private final Map<String, HostDestination> services = new HashMap<>();

  /** By what stands behind the Pod's hostname and a dot. */
  private final Map<String, HostDestination> pods = new HashMap<>();

  /** Knows none yet. */
  HostNames() {}

  /** A Service's port, or its Pods, got these domains, and bare ones for its own namespace. */
  void add(RoutedHost host, Iterable<String> domains) {
    HostDestination destination = new HostDestination(host.clusterName(), host.service(), "");
    String namespace = host.service().namespace();
    switch (host) {
      case ServiceHost service -> {
        domains.forEach(domain -> services.putIfAbsent(plain(domain), destination));
        for (String bare : service.bareDomains()) {
          services.putIfAbsent(inNamespace(namespace, bare), destination);
        }
        services.putIfAbsent(destination.clusterName(), destination);
      }
      case PodHost all -> {
        domains.forEach(domain -> pods.putIfAbsent(behindTheFirstDot(domain), destination));
        for (String bare : all.bareDomains()) {
          pods.putIfAbsent(inNamespace(namespace, behindTheFirstDot(bare)), destination);
        }
      }
    }
  }

  /**
   * Returns the cluster that a name leads to; null when it is no name of a service port that HTTP
   * can reach.
   *
   * @param clientNamespace whose Services may be called by their bare names; "" for none
   */
  public @Nullable String clusterOf(String name, String clientNamespace) {
    HostDestination destination = serviceOf(plain(name), clientNamespace);
    return destination == null ? null : destination.clusterName();
  }

  /**
   * Returns what a name leads to; null when it is none of a service port that HTTP can reach, nor
   * of a Pod there. In the order of a Pod's search path: {@code db-0.db} is a Pod of the own
   * namespace's Service db before it is Service db-0 of namespace db.
   *
   * @param clientNamespace whose Services may be called by their bare names; "" for none
   * @param isPod whether there is a Pod to be called, by its Service and hostname
   */
  public @Nullable HostDestination destinationOf(
      String name, String clientNamespace, BiPredicate<ObjectName, String> isPod) {
    String plain = plain(name);
    HostDestination ownPod = podOf(plain, clientNamespace + "/", isPod);
    if (ownPod != null) {
      return ownPod;
    }
    HostDestination service = serviceOf(plain, clientNamespace);
    return service == null ? podOf(plain, "", isPod) : service;
  }

  /**
   * Returns what a name of {@link PathNames} leads to; null when it is none of a service port that
   * there is, as it would be written.
   */
  public @Nullable HostDestination byPath(String path) {
    HostDestination known = services.get(PathNames.ours(path));
    return known != null && PathNames.of(known.clusterName()).equals(path) ? known : null;
  }

  /**
   * Returns what a name leads to when it is asked for: a Pod that is there goes before a Service,
   * and that before a Pod that may come.
   *
   * @param clientNamespace whose Services may be called by their bare names; "" for none
   * @param isPod whether there is a Pod to be called, by its Service and hostname
   */
  public @Nullable HostDestination calledBy(
      String name, String clientNamespace, BiPredicate<ObjectName, String> isPod) {
    HostDestination known = destinationOf(name, clientNamespace, isPod);
    return known == null ? destinationOf(name, clientNamespace, (service, pod) -> true) : known;
  }

  /**
   * Returns what a host's name, with or without a port, leads to by any of its ports: a Service of
   * several ports has no domain without one, and people ask for the Service. Looks at every name.
   *
   * @param clientNamespace whose Services may be called by their bare names; "" for none
   * @param isPod whether there is a Pod to be called, by its Service and hostname
   */
  public @Nullable HostDestination byAnyPort(
      String host, String clientNamespace, BiPredicate<ObjectName, String> isPod) {
    HostDestination plain = calledBy(host, clientNamespace, isPod);
    if (plain != null) {
      return plain;
    }
    for (String port : ports()) {
      HostDestination known = calledBy(host + ":" + port, clientNamespace, isPod);
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  /** What stands behind the last colon of any name. */
  private Set<String> ports() {
    Set<String> ports = new TreeSet<>();
    services.keySet().forEach(name -> ports.add(name.substring(name.lastIndexOf(':') + 1)));
    return ports;
  }

  private @Nullable HostDestination serviceOf(String plain, String clientNamespace) {
    HostDestination known = services.get(plain);
    return known == null ? services.get(inNamespace(clientNamespace, plain)) : known;
  }

  private @Nullable HostDestination podOf(
      String plain, String place, BiPredicate<ObjectName, String> isPod) {
    int dot = plain.indexOf('.');
    if (dot <= 0) {
      return null;
    }
    HostDestination all = pods.get(place + plain.substring(dot + 1));
    String hostname = plain.substring(0, dot);
    return all != null && isPod.test(all.service(), hostname)
        ? new HostDestination(all.clusterName(), all.service(), hostname)
        : null;
  }

  private static String inNamespace(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static String behindTheFirstDot(String domain) {
    return plain(domain.substring(domain.indexOf('.') + 1));
  }

  /**
   * Returns whether a host's name is written as those are that a port has: in lower case, without a
   * dot at the end, and without a slash.
   */
  public static boolean isPlain(String host) {
    return host.indexOf('/') < 0 && plain(host).equals(host);
  }

  /**
   * Lower case; {@code cart.shop.svc.cluster.local.:80} is {@code cart.shop.svc.cluster.local:80}.
   */
  private static String plain(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    int end = colon < 0 ? name.length() : colon;
    return end > 0 && name.charAt(end - 1) == '.'
        ? name.substring(0, end - 1) + name.substring(end)
        : name;
  }
}
