package io.github.topologyxds.xds;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds the sidecar's RouteConfiguration: a virtual host for each service port. */
public final class Routes {
  private final String clusterDomain;

  /**
   * Prepares routes for a cluster domain.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  public Routes(String clusterDomain) {
    this.clusterDomain = clusterDomain;
  }

  /**
   * A route configuration.
   *
   * @param findings domains that could not be given to everybody who has them
   * @param violation what Envoy would refuse; such a configuration must not be sent
   */
  public record RouteTable(
      XdsResource resource, List<Finding> findings, Optional<String> violation) {}

  /**
   * Returns what a client of this namespace gets. Envoy refuses the whole configuration when a
   * domain stands in it twice, so the first service port in order keeps it.
   *
   * @param routes sorted by service and port
   * @param clientNamespace "" for a client without one
   */
  public RouteTable build(Collection<ServiceRoute> routes, String clientNamespace) {
    Map<String, String> owners = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    RouteConfiguration.Builder configuration =
        RouteConfiguration.newBuilder().setName(ResourceNames.OUTBOUND);
    for (ServiceRoute route : routes) {
      List<String> domains = new ArrayList<>();
      for (String domain : route.domains(clientNamespace, clusterDomain)) {
        // Envoy compares domains without regard to case.
        String owner = owners.putIfAbsent(domain.toLowerCase(Locale.ROOT), route.clusterName());
        if (owner == null) {
          domains.add(domain);
        } else if (!owner.equals(route.clusterName())) {
          findings.add(
              Finding.of(
                  Reason.DOMAIN_CONFLICT,
                  "Service " + route.service(),
                  "domain " + domain + " belongs to cluster " + owner + " already"));
        }
      }
      if (!domains.isEmpty()) {
        configuration.addVirtualHosts(route.virtualHost(domains));
      }
    }
    RouteConfiguration built = configuration.build();
    return new RouteTable(
        XdsResource.of(ResourceType.ROUTE, ResourceNames.OUTBOUND, built),
        List.copyOf(findings),
        EnvoyValidity.violation(built));
  }
}
