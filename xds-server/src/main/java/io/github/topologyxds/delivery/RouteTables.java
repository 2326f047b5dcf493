package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.xds.Routes;
import io.github.topologyxds.xds.Routes.RouteTable;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.XdsResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route configurations of one state of the Services, one for each namespace in which clients
 * are: only the bare Service names differ. Built when first asked for. Any thread.
 */
final class RouteTables {
  private static final Logger LOG = LoggerFactory.getLogger(RouteTables.class);

  private final Routes builder;
  private final List<ServiceRoute> routes;
  private final Set<String> namespaces;
  private final Map<String, XdsResource> before;

  /** What has been logged already, for any namespace and any state before. */
  private final Set<Finding> logged;

  private final Map<String, XdsResource> byNamespace = new ConcurrentHashMap<>();

  /**
   * Takes over from the state before.
   *
   * @param replaced what stood there before; null if nothing did
   */
  RouteTables(Routes builder, List<ServiceRoute> routes, @Nullable RouteTables replaced) {
    this.builder = builder;
    this.before = replaced == null ? Map.of() : replaced.byNamespace;
    this.logged = replaced == null ? ConcurrentHashMap.newKeySet() : replaced.logged;
    this.routes = routes;
    this.namespaces =
        routes.stream().map(route -> route.service().namespace()).collect(Collectors.toSet());
  }

  /** Clients in namespaces without Services share one, so their number cannot make this grow. */
  XdsResource of(String clientNamespace) {
    String key = namespaces.contains(clientNamespace) ? clientNamespace : "";
    return byNamespace.computeIfAbsent(key, this::build);
  }

  private XdsResource build(String clientNamespace) {
    RouteTable table = builder.build(routes, clientNamespace);
    FindingsLog.log(table.findings().stream().filter(logged::add).toList());
    XdsResource last = before.get(clientNamespace);
    if (table.violation().isEmpty() || last == null) {
      return table.resource();
    }
    // Cannot happen by construction. Should it all the same, clients keep the routes that they
    // have.
    LOG.error(
        "{} routes: {}; the last valid ones stay", Reason.RESOURCE_INVALID, table.violation());
    return last;
  }
}
