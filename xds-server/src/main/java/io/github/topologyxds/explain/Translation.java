package io.github.topologyxds.explain;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.xds.Assignment;
import io.github.topologyxds.xds.EnvoyValidity;
import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.RouteTable;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What one client would get.
 *
 * @param findings sorted
 */
public record Translation(
    List<Cluster> clusters,
    List<ClusterLoadAssignment> endpoints,
    List<RouteConfiguration> routes,
    List<Listener> listeners,
    List<ClusterDecision> decisions,
    List<Finding> findings) {

  /** Why a cluster's endpoints stand where they stand. */
  public record ClusterDecision(String cluster, Assignment assignment) {}

  /**
   * Translates for one client; empty when it asks for a Service that does not exist.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  public static Optional<Translation> of(
      Manifests.Loaded loaded, TranslateRequest request, String clusterDomain) {
    OfflineWorld world = new OfflineWorld(loaded);
    ClientView view =
        ClientView.of(
            request.node(), world.nodes().get(request.node()), request.zone(), request.family());
    Translator translator = new Translator(request.routing());
    List<ServiceTranslation> services = new ArrayList<>();
    for (ObjectName name : world.services()) {
      if (request.service() == null || request.service().equals(name)) {
        world.service(name).map(translator::translate).ifPresent(services::add);
      }
    }
    if (request.service() != null && services.isEmpty()) {
      return Optional.empty();
    }
    Collected collected = new Collected(view);
    services.forEach(collected::add);
    collected.findings.addAll(world.findings());
    return Optional.of(collected.finish(clusterDomain, request.namespace()));
  }

  private static final class Collected {
    private final ClientView view;
    private final List<Cluster> clusters = new ArrayList<>();
    private final List<ClusterLoadAssignment> endpoints = new ArrayList<>();
    private final List<ClusterDecision> decisions = new ArrayList<>();
    private final List<ServiceTranslation> services = new ArrayList<>();
    private final TreeSet<Finding> findings = new TreeSet<>();

    Collected(ClientView view) {
      this.view = view;
    }

    void add(ServiceTranslation service) {
      for (PortTranslation port : service.ports()) {
        Assignment assignment = port.assign(view);
        String name = port.cluster().name();
        EnvoyValidity.violation(assignment.message())
            .ifPresent(violation ->
                findings.add(
                    Finding.of(
                        Reason.RESOURCE_INVALID,
                        ObjectKey.service(service.service()),
                        "ClusterLoadAssignment " + name + ": " + violation)));
        clusters.add(port.clusterMessage());
        endpoints.add(assignment.message());
        decisions.add(new ClusterDecision(name, assignment));
      }
      services.add(service);
      findings.addAll(service.findings());
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
