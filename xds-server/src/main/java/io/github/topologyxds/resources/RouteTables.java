package io.github.topologyxds.resources;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.resources.visibility.Sight;
import io.github.topologyxds.resources.visibility.Sights;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.HostNames;
import io.github.topologyxds.xds.routes.RouteTable;
import io.github.topologyxds.xds.routes.SearchPath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The route configurations of one state of the Services, one for each namespace in which clients
 * are: only the bare Service names differ, and what is hidden. Built when first asked for. Any
 * thread.
 *
 * <p>Those of clients that call some Services only, or see what the clients of another namespace
 * see, are kept too, for a workload's replicas: as many as take 32 MiB. A client that invents
 * scopes drives out others, which are then built again, and a stream holds what it was sent itself.
 */
final class RouteTables {
  private static final int SCOPES = 1000;
  private static final long SCOPED_BYTES = 32L << 20;

  /** A String, its array and its place in a set, without the characters. */
  private static final int PATTERN_BYTES = 80;

  private final RouteTable table;
  private final SearchPath searchPath;
  private final Sights sights;
  private final Map<Whole, XdsResource> byNamespace = new ConcurrentHashMap<>();

  // Guarded by itself.
  private final LruMap<Scoped, XdsResource> scoped =
      new LruMap<>(SCOPES, SCOPED_BYTES, RouteTables::bytes);

  /** For clients that call every Service that they see. */
  private record Whole(String namespace, Sight sight) {}

  private record Scoped(String namespace, Sight sight, Set<String> patterns) {}

  /**
   * Decides which domain belongs to which service port.
   *
   * @param services sorted by name
   * @param clusterDomain usually {@code cluster.local}
   * @param sights who sees which of them
   */
  RouteTables(Collection<ServiceTranslation> services, String clusterDomain, Sights sights) {
    this(new RouteTable(services, clusterDomain), sights);
  }

  private RouteTables(RouteTable table, Sights sights) {
    this.sights = sights;
    this.table = table;
    this.searchPath = table.searchPath();
  }

  /** Decides again, for these Services; what that makes no difference to is taken over. */
  RouteTables next(Collection<ServiceTranslation> services, Sights now) {
    return new RouteTables(table.next(services), now);
  }

  /** Returns the domains that could not be given to everybody who has them. */
  List<Finding> findings() {
    return table.findings();
  }

  /**
   * Returns whether this translation of a Service, instead of the one before, makes no difference
   * to the routes of any client.
   */
  boolean areEqualWith(ServiceTranslation next, ServiceTranslation before) {
    return next.routes().equals(before.routes())
        && (next.podNames().equals(before.podNames())
            || searchPath
                .outrankedBy(next.podNames())
                .equals(searchPath.outrankedBy(before.podNames())));
  }

  /** Returns what names lead to. */
  HostNames names() {
    return table.hostNames();
  }

  /**
   * Returns the routes of a client. Clients in namespaces without Services share them, so their
   * number cannot make this grow.
   *
   * @param clientNamespace whose Services it may call by their bare names
   */
  XdsResource of(String clientNamespace, ServiceScope scope, Sight sight) {
    String key = searchPath.namespaces().contains(clientNamespace) ? clientNamespace : "";
    if (scope.isAll() && (sight.isEverybodys() || sight == sights.of(key))) {
      return byNamespace.computeIfAbsent(
          new Whole(key, sight), whole -> table.forNamespace(key, sight::includes));
    }
    Scoped question =
        new Scoped(key, sight, scope.ofExisting(searchPath.namespaces(), searchPath.services()));
    synchronized (scoped) {
      XdsResource known = scoped.get(question);
      if (known != null) {
        return known;
      }
    }
    XdsResource built =
        table.forNamespace(key, service -> scope.covers(service) && sight.includes(service));
    synchronized (scoped) {
      XdsResource first = scoped.get(question);
      if (first != null) {
        return first;
      }
      scoped.put(question, built);
      return built;
    }
  }

  private static long bytes(Scoped scoped, XdsResource built) {
    return NameCount.of(scoped.patterns()).bytes(PATTERN_BYTES) + built.packed().getValue().size();
  }

  /** Returns how many are kept for clients that call some Services only. */
  int scopedSize() {
    synchronized (scoped) {
      return scoped.size();
    }
  }
}
