package io.github.topologyxds.xds;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The routes of all service ports: which domain belongs to which, decided once for all clients.
 * Only the bare Service names depend on the client's namespace, so what a namespace costs is its
 * own virtual hosts and the joining of bytes. Immutable; any thread.
 */
public final class RouteTable {
  private final List<Host> hosts = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A service port with the domains that it got.
   *
   * @param shared its virtual host for clients of other namespaces, serialised; empty without
   *     domains
   */
  private record Host(ServiceRoute route, List<String> domains, ByteString shared) {}

  /**
   * Gives the domains away. Envoy refuses a whole configuration when a domain stands in it twice,
   * so the first service port in order keeps it.
   *
   * @param routes sorted by service and port
   * @param clusterDomain usually {@code cluster.local}
   */
  public RouteTable(Collection<ServiceRoute> routes, String clusterDomain) {
    Map<String, String> owners = new HashMap<>();
    for (ServiceRoute route : routes) {
      List<String> domains = new ArrayList<>();
      for (String domain : route.domains(clusterDomain)) {
        // Envoy compares domains without regard to case.
        String owner = owners.putIfAbsent(domain.toLowerCase(Locale.ROOT), route.clusterName());
        if (domain.indexOf('*') >= 0) {
          findings.add(finding(Reason.RESOURCE_INVALID, route, domain + " would match everything"));
        } else if (owner == null) {
          domains.add(domain);
        } else if (!owner.equals(route.clusterName())) {
          findings.add(
              finding(Reason.DOMAIN_CONFLICT, route, domain + " belongs to cluster " + owner));
        }
      }
      ByteString shared =
          domains.isEmpty() ? ByteString.EMPTY : route.virtualHost(domains).toByteString();
      hosts.add(new Host(route, List.copyOf(domains), shared));
    }
  }

  private static Finding finding(Reason reason, ServiceRoute route, String message) {
    return Finding.of(reason, "Service " + route.service(), "domain " + message);
  }

  /** Returns the domains that could not be given to everybody who has them. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * Returns the route configuration of a client.
   *
   * @param clientNamespace whose Services it may call by their bare names; "" for none
   */
  public XdsResource forNamespace(String clientNamespace) {
    return forNamespace(clientNamespace, service -> true);
  }

  /**
   * Returns the route configuration of a client that calls some Services only.
   *
   * @param clientNamespace whose Services it may call by their bare names; "" for none
   * @param calls whether it calls a Service
   */
  public XdsResource forNamespace(String clientNamespace, Predicate<ObjectName> calls) {
    // Fields of a message may be joined in their serialised form; these two are all there are.
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    Set<String> bareNames = new HashSet<>();
    try {
      out.writeString(RouteConfiguration.NAME_FIELD_NUMBER, ResourceNames.OUTBOUND);
      for (Host host : hosts) {
        if (!calls.test(host.route().service())) {
          continue;
        }
        boolean own = host.route().service().namespace().equals(clientNamespace);
        ByteString virtualHost = own ? ownHost(host, bareNames) : host.shared();
        if (!virtualHost.isEmpty()) {
          out.writeBytes(RouteConfiguration.VIRTUAL_HOSTS_FIELD_NUMBER, virtualHost);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return XdsResource.of(ResourceType.ROUTE, ResourceNames.OUTBOUND, bytes.toByteString());
  }

  /** A bare name has no dot, so it is nobody's but another port's of the same Service. */
  private static ByteString ownHost(Host host, Set<String> bareNames) {
    List<String> domains = new ArrayList<>();
    host.route().bareDomains().stream().filter(bareNames::add).forEach(domains::add);
    domains.addAll(host.domains());
    return domains.isEmpty() ? ByteString.EMPTY : host.route().virtualHost(domains).toByteString();
  }
}
