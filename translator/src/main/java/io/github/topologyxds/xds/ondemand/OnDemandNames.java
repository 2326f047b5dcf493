package io.github.topologyxds.xds.ondemand;

import io.github.topologyxds.xds.IpPort;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.routes.HostDestination;
import io.github.topologyxds.xds.routes.PodHost;
import io.github.topologyxds.xds.routes.ServiceHost;
import java.util.ArrayList;
import java.util.List;

/**
 * The names under which a sidecar on demand asks for clusters. {@code IP:PORT} and {@code
 * [IPv6]:PORT}: where a connection was going, as Envoy writes an address. {@code //NAME} and {@code
 * //NAME:PORT}: the {@code Host} of a request that names its Service itself (without the slashes,
 * {@code host/cart:80} would be port 80 of Service cart in a Namespace host).
 */
public final class OnDemandNames {
  private static final String HOST = "//";

  private OnDemandNames() {}

  /** Returns whether a name is a host's. */
  public static boolean isHost(String name) {
    return name.startsWith(HOST);
  }

  /**
   * Returns whether a name is that of an address, by its form alone: no other resource's name
   * begins with a digit or a bracket and holds no slash.
   */
  public static boolean isAddress(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      return false;
    }
    char first = name.charAt(0);
    int colon = name.lastIndexOf(':');
    return (first == '[' || (first >= '0' && first <= '9')) && colon > 0;
  }

  /** Returns {@code NAME[:PORT]} of a host's name. */
  public static String hostOf(String name) {
    return name.substring(HOST.length());
  }

  /**
   * Returns the name for a host.
   *
   * @param host {@code NAME} or {@code NAME:PORT}
   */
  public static String ofHost(String host) {
    return HOST + host;
  }

  /**
   * Returns all names that lead to a service port.
   *
   * @param route of the port
   * @param clusterDomain usually {@code cluster.local}
   */
  public static List<String> of(ServiceRoute route, String clusterDomain) {
    ServiceHost host = new ServiceHost(route, clusterDomain);
    List<String> names = new ArrayList<>();
    for (String ip : route.clusterIps()) {
      names.add(new IpPort(ip, route.port().number()).toString());
    }
    host.domains().forEach(domain -> names.add(ofHost(domain)));
    host.bareDomains().forEach(domain -> names.add(ofHost(domain)));
    return names;
  }

  /** Where a client that names a Service is. */
  public enum Speaker {
    /** In the Service's namespace: it has a bare name there. */
    SAME_NAMESPACE,
    /** In another one. */
    ELSEWHERE
  }

  /**
   * Returns the names that a sidecar's Envoy asks for, of those that lead to a service port: it
   * makes one of the spellings that mean the same.
   *
   * @param route of the port
   */
  public static List<String> canonical(ServiceRoute route, Speaker speaker) {
    List<String> hosts = new ArrayList<>();
    hosts.add(route.service().name() + "." + route.service().namespace());
    switch (speaker) {
      case SAME_NAMESPACE -> hosts.add(route.service().name());
      case ELSEWHERE -> {}
    }
    List<String> names = new ArrayList<>();
    for (String ip : route.clusterIps()) {
      IpPort address = new IpPort(ip, route.port().number());
      names.add(address.toString());
      hosts.add(address.host());
    }
    for (String host : hosts) {
      route.withAndWithoutPort(host).stream()
          .filter(domain -> !domain.endsWith(":80"))
          .forEach(domain -> names.add(ofHost(domain)));
    }
    return names;
  }

  /**
   * Returns the one name of a Pod of a headless Service, by one of its ports, that is the same for
   * clients of every namespace.
   *
   * @param port number of the Service's port
   */
  public static String ofPod(HostDestination pod, int port) {
    return ofHost(
        "%s.%s.%s:%d"
            .formatted(pod.hostname(), pod.service().name(), pod.service().namespace(), port));
  }

  /**
   * Returns all names that lead to one Pod of a headless Service, by one of its ports.
   *
   * @param route of the port
   * @param hostname of the Pod, lower case
   * @param clusterDomain usually {@code cluster.local}
   */
  public static List<String> ofPod(ServiceRoute route, String hostname, String clusterDomain) {
    PodHost pods = new PodHost(route, clusterDomain);
    List<String> names = new ArrayList<>();
    for (String domain : pods.domains()) {
      names.add(ofHost(hostname + domain.substring(1)));
    }
    for (String domain : pods.bareDomains()) {
      names.add(ofHost(hostname + domain.substring(1)));
    }
    return names;
  }
}
