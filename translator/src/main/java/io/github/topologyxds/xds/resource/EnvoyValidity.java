package io.github.topologyxds.xds.resource;

import com.google.common.net.InetAddresses;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.model.names.PortNumber;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks finished resources against what Envoy and grpc-java refuse or silently drop: the last
 * gate, which nothing should ever fail. (The api jar brings no PGV validators; one invalid resource
 * in a push freezes every service of that push.)
 */
public final class EnvoyValidity {
  private static final int MAX_PRIORITY = 128;

  private EnvoyValidity() {}

  /** Returns what is wrong with a message of this type, in one line; empty when nothing is. */
  public static Optional<String> violation(ResourceType type, Message message) {
    return switch (type) {
      case CLUSTER -> violation((Cluster) message);
      case ENDPOINT -> violation((ClusterLoadAssignment) message);
      case LISTENER -> violation((Listener) message);
      case ROUTE -> violation((RouteConfiguration) message);
    };
  }

  private static Optional<String> violation(Cluster cluster) {
    if (cluster.getName().isEmpty()) {
      return Optional.of("name is empty");
    }
    if (!hasEndpoints(cluster)) {
      return Optional.of("its endpoints come neither by EDS nor otherwise");
    }
    if (cluster.getConnectTimeout().getSeconds() < 1) {
      return Optional.of("connect_timeout is not above 0");
    }
    return Optional.empty();
  }

  private static boolean hasEndpoints(Cluster cluster) {
    return switch (cluster.getType()) {
      case EDS -> cluster.getEdsClusterConfig().hasEdsConfig();
      case STATIC -> cluster.getLoadAssignment().getClusterName().equals(cluster.getName());
      case ORIGINAL_DST -> cluster.getLbPolicy() == Cluster.LbPolicy.CLUSTER_PROVIDED;
      // A gRPC client's: it takes exactly one (proposal A37).
      case LOGICAL_DNS ->
          cluster.getLoadAssignment().getEndpointsCount() == 1
              && cluster.getLoadAssignment().getEndpoints(0).getLbEndpointsCount() == 1;
      case STRICT_DNS, UNRECOGNIZED -> false;
    };
  }

  private static Optional<String> violation(Listener listener) {
    if (listener.getName().isEmpty()) {
      return Optional.of("name is empty");
    }
    if (listener.hasApiListener()) {
      // It listens nowhere: a gRPC client reads its routes.
      return Optional.empty();
    }
    if (listener.getFilterChainsCount() == 0
        || listener.getFilterChainsList().stream().anyMatch(c -> c.getFiltersCount() == 0)) {
      return Optional.of("a listener or filter chain without filters");
    }
    return violation(listener.getAddress().getSocketAddress());
  }

  /** Returns what is wrong, in one line; empty when nothing is. */
  public static Optional<String> violation(ClusterLoadAssignment assignment) {
    if (assignment.getClusterName().isEmpty()) {
      return Optional.of("cluster_name is empty");
    }
    Set<String> localities = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    int highest = -1;
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      int priority = locality.getPriority();
      if (priority > highest + 1 || priority > MAX_PRIORITY) {
        return Optional.of("priority " + priority + " after " + highest + " leaves a gap");
      }
      highest = Math.max(highest, priority);
      String key =
          priority
              + "/"
              + locality.getLocality().getRegion()
              + "/"
              + locality.getLocality().getZone();
      if (!localities.add(key)) {
        return Optional.of("locality " + key + " stands twice at one priority");
      }
      if (locality.getLoadBalancingWeight().getValue() < 1) {
        return Optional.of("locality " + key + " has no weight");
      }
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        Optional<String> violation = violation(endpoint, addresses);
        if (violation.isPresent()) {
          return violation;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns what is wrong, in one line; empty when nothing is. */
  public static Optional<String> violation(RouteConfiguration configuration) {
    Set<String> domains = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (VirtualHost host : configuration.getVirtualHostsList()) {
      Optional<String> wrong = violation(host);
      if (wrong.isPresent()) {
        return wrong;
      }
      if (!names.add(host.getName())) {
        return Optional.of("virtual host " + host.getName() + " stands twice");
      }
      for (String domain : host.getDomainsList()) {
        if (!domains.add(domain.toLowerCase(Locale.ROOT))) {
          return Optional.of("domain " + domain + " stands twice");
        }
      }
    }
    return Optional.empty();
  }

  /** As above, of one virtual host; that no domain stands twice is to be seen by who joins them. */
  public static Optional<String> violation(VirtualHost host) {
    if (host.getName().isEmpty()) {
      return Optional.of("a virtual host has no name");
    }
    if (host.getDomainsCount() == 0) {
      return Optional.of("virtual host " + host.getName() + " has no domain");
    }
    for (String domain : host.getDomainsList()) {
      if (!isOurs(domain)) {
        return Optional.of("domain \"" + domain + "\" would match what is not ours");
      }
    }
    return Optional.empty();
  }

  /** A name, or {@code *.} and a name: what Envoy calls a suffix domain wildcard. */
  private static boolean isOurs(String domain) {
    String name = domain.startsWith("*.") ? domain.substring(2) : domain;
    return !name.isEmpty() && name.indexOf('*') < 0;
  }

  private static Optional<String> violation(LbEndpoint endpoint, Set<String> addresses) {
    SocketAddress address = endpoint.getEndpoint().getAddress().getSocketAddress();
    Optional<String> wrong = violation(address);
    for (var additional : endpoint.getEndpoint().getAdditionalAddressesList()) {
      wrong = wrong.or(() -> violation(additional.getAddress().getSocketAddress()));
    }
    String text = address.getAddress() + " " + address.getPortValue();
    return wrong.isPresent() || addresses.add(text)
        ? wrong
        : Optional.of("address " + text + " stands twice");
  }

  private static Optional<String> violation(SocketAddress address) {
    if (!InetAddresses.isInetAddress(address.getAddress())) {
      return Optional.of("address " + address.getAddress() + " is no literal IP");
    }
    if (!PortNumber.isValid(address.getPortValue())) {
      return Optional.of("port " + address.getPortValue() + " is not in 1..65535");
    }
    return Optional.empty();
  }
}
