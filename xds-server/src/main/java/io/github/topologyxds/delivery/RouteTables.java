package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.xds.RouteTable;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The route configurations of one state of the Services, one for each namespace in which clients
 * are: only the bare Service names differ. Built when first asked for. Any thread.
 */
final class RouteTables {
  private static final int SCOPES = 1000;

  private final RouteTable table;
  private final Set<String> namespaces;
  private final Map<String, XdsResource> byNamespace = new ConcurrentHashMap<>();
  private final Map<Scoped, XdsResource> scoped = new ConcurrentHashMap<>();

  private record Scoped(String namespace, ServiceScope scope) {}

  /**
   * Decides which domain belongs to which service port.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  RouteTables(List<ServiceRoute> routes, String clusterDomain) {
    this.table = new RouteTable(routes, clusterDomain);
    this.namespaces =
        routes.stream().map(route -> route.service().namespace()).collect(Collectors.toSet());
  }

  /** Returns the domains that could not be given to everybody who has them. */
  List<Finding> findings() {
    return table.findings();
  }

  /** Clients in namespaces without Services share one, so their number cannot make this grow. */
  XdsResource of(String clientNamespace, ServiceScope scope) {
    String key = namespaces.contains(clientNamespace) ? clientNamespace : "";
    if (scope.isAll()) {
      return byNamespace.computeIfAbsent(key, table::forNamespace);
    }
    if (scoped.size() >= SCOPES) {
      // Replicas of a workload share theirs; a client that invents scopes gains nothing.
      scoped.clear();
    }
    return scoped.computeIfAbsent(
        new Scoped(key, scope), k -> table.forNamespace(k.namespace(), k.scope()::covers));
  }
}
