package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.explanation.ZoneSource;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Explains what a cluster's clients get: the commands, the API and the page ask here. It translates
 * anew what it is asked about, so it belongs on no owner's thread. As thread-safe as the snapshot.
 */
public final class Explainer {
  /** Of the endpoints that are not ready, so many are tried. */
  private static final int TRIED = 3;

  private static final Delivered NOT_CONNECTED =
      new Delivered(List.of(), assignment -> Optional.empty());

  private final ClusterSnapshot cluster;
  private final RoutingOptions options;
  private final ExpectedZones zones;
  private final ExpectedZones zonesIf;

  /** Explains a cluster under a server's settings. */
  public Explainer(ClusterSnapshot cluster, RoutingOptions options) {
    this.cluster = cluster;
    this.options = options;
    this.zones = new ExpectedZones(cluster, options);
    this.zonesIf = new ExpectedZones(cluster, options);
  }

  /**
   * Returns a client that nobody has seen.
   *
   * @param node "" when unknown
   * @param zone counts where the Node is not known or has none; "" when unknown
   * @param family null: each Service's primary one
   */
  public ExplainedClient client(String node, String zone, @Nullable Family family) {
    return ExplainedClient.of(
        node,
        cluster.nodes().get(node),
        new ExplainedClient.Fallback(zone, ZoneSource.GIVEN),
        family);
  }

  /**
   * Explains all ports of a Service; empty when there is no such Service.
   *
   * @param changes that have not happened, applied in their order; usually none
   */
  public Optional<ServiceExplanation> explain(
      ObjectName name, ExplainedClient client, List<WhatIf> changes) {
    return cluster
        .service(name)
        .map(state -> explain(new Changed(state, changes), client, NOT_CONNECTED));
  }

  /**
   * Explains all ports of a Service to a connected client: of each port what the client has
   * accepted, where that is known; empty when there is no such Service.
   */
  public Optional<ServiceExplanation> explain(
      ObjectName name, ExplainedClient client, Delivered delivered) {
    return cluster
        .service(name)
        .map(state -> explain(new Changed(state, List.<WhatIf>of()), client, delivered));
  }

  /**
   * Returns the names of the clusters of a Service's ports, sorted; empty without such a Service.
   */
  public SortedSet<String> clusters(ObjectName name) {
    SortedSet<String> clusters = new TreeSet<>();
    cluster
        .service(name)
        .map(ServiceState::service)
        .ifPresent(service ->
            service.ports().forEach(port -> clusters.add(ResourceNames.cluster(name, port))));
    return clusters;
  }

  private ServiceExplanation explain(Changed changed, ExplainedClient client, Delivered delivered) {
    ExplainedService now = ExplainedService.of(changed.state(), options);
    List<ExplainedPort> ports = new ArrayList<>();
    for (PortTranslation port : now.ports()) {
      Optional<Delivered.Port> had = delivered.port(now, port, client, options);
      ExplainedService service = had.map(Delivered.Port::service).orElse(now);
      PortTranslation explained = had.map(Delivered.Port::port).orElse(port);
      Explanation explanation = service.explain(explained, client);
      ports.add(
          new ExplainedPort(
              explanation,
              had.map(Delivered.Port::delivery),
              outcomes(explained.state(), explanation)));
    }
    return new ServiceExplanation(
        now.name(),
        client,
        now.translation().visibility(),
        changed.changes(),
        ports,
        now.findings());
  }

  /** A Service under changes, and whether each changes anything. */
  private record Changed(ServiceState state, List<ServiceExplanation.Change> changes) {
    Changed(ServiceState before, Iterable<WhatIf> wanted) {
      this(WhatIf.applyAll(before, wanted), effects(before, wanted));
    }

    private static List<ServiceExplanation.Change> effects(
        ServiceState before, Iterable<WhatIf> wanted) {
      List<ServiceExplanation.Change> effects = new ArrayList<>();
      ServiceState state = before;
      for (WhatIf change : wanted) {
        ServiceState after = change.apply(state);
        effects.add(new ServiceExplanation.Change(change, !after.equals(state)));
        state = after;
      }
      return effects;
    }
  }

  /** What would change it: the changes that one would ask about first. */
  private List<ExplainedPort.Outcome> outcomes(ServiceState state, Explanation now) {
    List<ExplainedPort.Outcome> outcomes = new ArrayList<>();
    for (WhatIf change : candidates(now)) {
      ExplainedService service = ExplainedService.of(change.apply(state), options);
      service.ports().stream()
          .filter(port -> port.cluster().name().equals(now.cluster()))
          .findFirst()
          .map(port -> service.explain(port, now.client()))
          .ifPresent(then -> outcomes.add(new ExplainedPort.Outcome(change, then)));
    }
    return outcomes;
  }

  private static List<WhatIf> candidates(Explanation now) {
    List<WhatIf> candidates = new ArrayList<>();
    ClientView view = now.client().view();
    if (now.stays() > 0) {
      candidates.add(new WhatIf.ZoneDown(view.zone()));
    }
    now.endpoints().stream()
        .filter(endpoint -> endpoint.health() == Health.UNHEALTHY && endpoint.tier() == 0)
        .limit(TRIED)
        .map(ExplainedEndpoint::address)
        .forEach(address -> candidates.add(new WhatIf.EndpointReady(address.ip())));
    if (now.decision().reason() == DecisionReason.NO_PREFERENCE && !view.zone().isEmpty()) {
      candidates.add(new WhatIf.Preferring("same-zone"));
    }
    return candidates;
  }

  /**
   * Returns the endpoints of all ports of a Service, as clients of several places get them; empty
   * when there is no such Service.
   *
   * @param nodes of the clients; none: one client in each zone that a Node has, or one from nowhere
   */
  public Optional<List<EndpointView>> endpoints(ObjectName name, Collection<String> nodes) {
    SortedMap<String, ExplainedClient> clients = new TreeMap<>();
    nodes.forEach(node -> clients.put(node, client(node, "", null)));
    if (nodes.isEmpty()) {
      zones().forEach(zone -> clients.put(zone, client("", zone, null)));
    }
    if (clients.isEmpty()) {
      clients.put("nowhere", client("", "", null));
    }
    return cluster
        .service(name)
        .map(state -> {
          ExplainedService service = ExplainedService.of(state, options);
          EndpointViews views = new EndpointViews(clients);
          return service.ports().stream().map(port -> views.of(service, port)).toList();
        });
  }

  private SortedSet<String> zones() {
    SortedSet<String> zones = new TreeSet<>();
    cluster.nodes().values().forEach(node -> zones.add(node.zone()));
    zones.remove("");
    return zones;
  }

  /**
   * Returns the expected matrix of zones, with one client on each Node.
   *
   * @param changes that have not happened
   * @param ports how many are listed at most, those that cross most
   */
  public ZoneMatrix zones(List<WhatIf> changes, int ports) {
    ClientPlaces clients = ClientPlaces.onNodes(cluster.nodes().values());
    return (changes.isEmpty() ? zones : zonesIf).of(clients, changes, ports);
  }
}
