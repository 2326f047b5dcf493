package io.github.topologyxds.explain;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.xds.Assignment;
import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import io.github.topologyxds.xds.routes.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What one client would get.
 *
 * @param decisions why the endpoints of each cluster stand where they stand
 * @param findings sorted
 */
public record Translation(
    List<Cluster> clusters,
    List<ClusterLoadAssignment> endpoints,
    List<RouteConfiguration> routes,
    List<Listener> listeners,
    List<Explanation> decisions,
    List<Finding> findings) {

  /**
   * Translates for one client; empty when it asks for a Service that it does not see.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  public static Optional<Translation> of(
      Manifests.Loaded loaded, TranslateRequest request, String clusterDomain) {
    OfflineWorld world = new OfflineWorld(loaded);
    ExplainedClient client =
        new Explainer(world, request.routing())
            .client(request.node(), request.zone(), request.family());
    List<ExplainedService> services = new ArrayList<>();
    for (ObjectName name : world.services()) {
      if (request.service() == null || request.service().equals(name)) {
        world
            .service(name)
            .map(state -> ExplainedService.of(state, request.routing()))
            .ifPresent(services::add);
      }
    }
    Collected collected = new Collected(client);
    boolean seesAny = false;
    for (ExplainedService service : services) {
      if (service.translation().visibility().includes(request.namespace())) {
        collected.add(service);
        seesAny = true;
      }
      collected.findings.addAll(service.findings());
    }
    if (request.service() != null && !seesAny) {
      return Optional.empty();
    }
    collected.findings.addAll(world.findings());
    return Optional.of(collected.finish(clusterDomain, request.namespace()));
  }

  private static final class Collected {
    private final ExplainedClient client;
    private final List<Cluster> clusters = new ArrayList<>();
    private final List<ClusterLoadAssignment> endpoints = new ArrayList<>();
    private final List<Explanation> decisions = new ArrayList<>();
    private final List<ServiceTranslation> services = new ArrayList<>();
    private final TreeSet<Finding> findings = new TreeSet<>();

    Collected(ExplainedClient client) {
      this.client = client;
    }

    void add(ExplainedService service) {
      for (PortTranslation port : service.ports()) {
        Assignment assignment = port.assign(client.view());
        clusters.add(port.clusterMessage(client.view()));
        if (!port.hasNames()) {
          addEndpoints(service, assignment.message());
        }
        decisions.add(service.explain(port, client));
      }
      services.add(service.translation());
    }

    private void addEndpoints(ExplainedService service, ClusterLoadAssignment assignment) {
      EnvoyValidity.violation(assignment)
          .ifPresent(violation ->
              findings.add(
                  Finding.of(
                      Reason.RESOURCE_INVALID,
                      ObjectKey.service(service.name()),
                      "ClusterLoadAssignment " + assignment.getClusterName() + ": " + violation)));
      endpoints.add(assignment);
    }

    Translation finish(String clusterDomain, String namespace) {
      RouteTable table = new RouteTable(services, clusterDomain);
      findings.addAll(table.findings());
      return new Translation(
          clusters,
          endpoints,
          List.of(table.message(namespace)),
          List.of(Listeners.outboundMessage(Listeners.DEFAULT_OUTBOUND_PORT)),
          decisions,
          List.copyOf(findings));
    }
  }
}
