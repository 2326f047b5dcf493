package io.github.topologyxds.xds.routes;

import com.google.common.base.Suppliers;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes of all service ports: which domain belongs to which, decided once for all clients.
 * Only the bare Service names, and two labels that are a Pod's name first, depend on the client's
 * namespace, so what a namespace costs is its own virtual hosts and the joining of bytes.
 * Immutable; any thread.
 */
public final class RouteTable {
  private final String clusterDomain;
  private final List<SharedVirtualHost> hosts = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final SearchPath searchPath;

  /** For gRPC clients and sidecars on demand: many clusters have none. */
  private final Supplier<HostNames> names = Suppliers.memoize(this::names);

  /**
   * A host as a client sees it.
   *
   * @param others the domains that it has for this client; null: those for everybody
   */
  private record Seen(SharedVirtualHost host, @Nullable List<String> others) {
    Optional<VirtualHost> message() {
      return others == null ? host.message() : host.with(others);
    }

    ByteString bytes() {
      return others == null
          ? host.bytes()
          : host.with(others).map(VirtualHost::toByteString).orElse(ByteString.EMPTY);
    }
  }

  /**
   * Gives the domains away. Envoy refuses a whole configuration when a domain stands in it twice,
   * so it stays with the older Service (who comes later takes nothing from who was there), of
   * equals with the first one.
   *
   * @param services sorted by name
   * @param clusterDomain usually {@code cluster.local}
   */
  public RouteTable(Collection<ServiceTranslation> services, String clusterDomain) {
    this(services, clusterDomain, Map.of());
  }

  private RouteTable(
      Collection<ServiceTranslation> services,
      String clusterDomain,
      Map<RoutedHost, SharedVirtualHost> former) {
    this.clusterDomain = clusterDomain;
    Map<String, String> owners = new HashMap<>();
    List<ServiceTranslation> byAge = new ArrayList<>(services);
    byAge.sort(Comparator.comparingLong(RouteTable::created));
    for (ServiceTranslation service : byAge) {
      for (ServiceRoute route : service.routes()) {
        give(new ServiceHost(route, clusterDomain), owners, former);
        if (route.type() == ServiceType.HEADLESS) {
          give(new PodHost(route, clusterDomain), owners, former);
        }
      }
    }
    hosts.sort(Comparator.comparing(host -> host.of().service()));
    this.searchPath = new SearchPath(services);
  }

  /**
   * Returns the table of these Services. What has the same domains as before stays one object: a
   * new Service costs one virtual host, not one for each.
   *
   * @param services sorted by name
   */
  public RouteTable next(Collection<ServiceTranslation> services) {
    Map<RoutedHost, SharedVirtualHost> former = new HashMap<>();
    hosts.forEach(host -> former.put(host.of(), host));
    return new RouteTable(services, clusterDomain, former);
  }

  private static long created(ServiceTranslation service) {
    return service.routes().isEmpty() ? 0 : service.routes().getFirst().created();
  }

  private void give(
      RoutedHost host, Map<String, String> owners, Map<RoutedHost, SharedVirtualHost> former) {
    List<String> domains = new ArrayList<>();
    for (String domain : host.domains()) {
      // Envoy compares domains without regard to case.
      String owner = owners.putIfAbsent(domain.toLowerCase(Locale.ROOT), host.clusterName());
      if (domain.lastIndexOf('*') > 0) {
        findings.add(
            finding(Reason.RESOURCE_INVALID, host, "domain " + domain + " would match everything"));
      } else if (owner == null) {
        domains.add(domain);
      } else if (!owner.equals(host.clusterName())) {
        findings.add(
            finding(
                Reason.DOMAIN_CONFLICT,
                host,
                "domain " + domain + " belongs to cluster " + owner + " already"));
      }
    }
    SharedVirtualHost before = former.get(host);
    if (before != null && before.domains().equals(domains)) {
      hosts.add(before);
      return;
    }
    SharedVirtualHost next = new SharedVirtualHost(host, domains);
    next.message()
        .flatMap(virtualHost -> EnvoyValidity.violation(virtualHost))
        .ifPresentOrElse(
            violation -> findings.add(finding(Reason.RESOURCE_INVALID, host, violation)),
            () -> hosts.add(next));
  }

  private static Finding finding(Reason reason, RoutedHost host, String message) {
    return Finding.of(reason, ObjectKey.service(host.service()), message);
  }

  /** Returns the domains that could not be given to everybody who has them. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Returns which names mean what, depending on the client's namespace. */
  public SearchPath searchPath() {
    return searchPath;
  }

  /** Returns which service port a name means. */
  public HostNames hostNames() {
    return names.get();
  }

  private HostNames names() {
    HostNames known = new HostNames();
    hosts.forEach(host -> known.add(host.of(), host.domains()));
    return known;
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
    try {
      out.writeString(RouteConfiguration.NAME_FIELD_NUMBER, ResourceNames.OUTBOUND);
      for (Seen seen : seen(clientNamespace, calls)) {
        ByteString virtualHost = seen.bytes();
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

  /**
   * Returns the route configuration of a client as a message, which {@link #forNamespace(String)}
   * has as bytes.
   *
   * @param clientNamespace whose Services it may call by their bare names; "" for none
   */
  public RouteConfiguration message(String clientNamespace) {
    RouteConfiguration.Builder routes =
        RouteConfiguration.newBuilder().setName(ResourceNames.OUTBOUND);
    for (Seen seen : seen(clientNamespace, service -> true)) {
      seen.message().ifPresent(routes::addVirtualHosts);
    }
    return routes.build();
  }

  private List<Seen> seen(String clientNamespace, Predicate<ObjectName> calls) {
    List<Seen> seen = new ArrayList<>();
    Set<String> bareNames = new HashSet<>();
    Set<ObjectName> outranked = searchPath.outranked(clientNamespace, calls);
    for (SharedVirtualHost host : hosts) {
      ObjectName service = host.of().service();
      if (!calls.test(service)) {
        continue;
      }
      boolean own = service.namespace().equals(clientNamespace);
      if (!own && !outranked.contains(service)) {
        seen.add(new Seen(host, null));
        continue;
      }
      List<String> domains = new ArrayList<>();
      if (own) {
        // A bare name has no dot, so it is nobody's but another port's of the same Service.
        host.of().bareDomains().stream().filter(bareNames::add).forEach(domains::add);
      }
      domains.addAll(
          outranked.contains(service)
              ? SearchPath.withoutTwoLabels(service, host.domains())
              : host.domains());
      seen.add(new Seen(host, domains));
    }
    return seen;
  }
}
