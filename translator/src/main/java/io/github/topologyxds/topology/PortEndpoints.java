package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.Reach;
import io.github.topologyxds.topology.endpoint.ReadyHints;
import io.github.topologyxds.topology.endpoint.SharedEndpoints;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Preference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The usable endpoints of the service ports of the same slices, in one family, and what all clients
 * need to know of them. That is computed once, so that a decision for one more view costs no walk;
 * the endpoints themselves are put together again for whoever asks later.
 */
public final class PortEndpoints {
  private final SharedEndpoints endpoints;
  private final DecisionReason absence;
  private final boolean terminating;
  private final ReadyHints hints;

  /** All zones that can make a difference: those of the endpoints and of any of their hints. */
  private final Set<String> zones;

  private final Set<String> nodes;

  /** One for all ports that share this one; null: nobody has asked. Guarded by this. */
  private @Nullable PortEndpoints ofNoUse;

  /**
   * Takes them together.
   *
   * @param absence why none of them takes requests, for where none does
   * @param again returns the same endpoints once more; runs when somebody asks for them
   */
  PortEndpoints(
      List<UsableEndpoint> endpoints,
      DecisionReason absence,
      Supplier<List<UsableEndpoint>> again) {
    this(endpoints, absence, SharedEndpoints.of(endpoints, again));
  }

  private PortEndpoints(
      List<UsableEndpoint> endpoints, DecisionReason absence, SharedEndpoints kept) {
    this.endpoints = kept;
    this.absence = absence;
    this.terminating =
        endpoints.stream().anyMatch(e -> e.condition() == EndpointCondition.TERMINATING);
    this.hints = ReadyHints.of(endpoints);
    Set<String> itsZones = new HashSet<>();
    Set<String> itsNodes = new HashSet<>();
    for (UsableEndpoint endpoint : endpoints) {
      itsNodes.add(endpoint.location().node());
      itsZones.add(endpoint.location().zone());
      if (endpoint.condition() == EndpointCondition.READY) {
        // With node hints, an endpoint's zone hint ranks it even where others have none.
        itsZones.addAll(endpoint.hints().zones());
      }
    }
    this.nodes = ReadyHints.places(itsNodes);
    this.zones = ReadyHints.places(itsZones);
  }

  /** Returns the endpoints, sorted by address and port. */
  public List<UsableEndpoint> endpoints() {
    return endpoints.list();
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return endpoints.isEmpty();
  }

  /**
   * Returns the endpoints by the {@code targetRef.uid} of their pods; of several for one pod the
   * first. Those without one are not in it.
   */
  public Map<String, UsableEndpoint> byTarget() {
    return endpoints.byTarget();
  }

  /** Returns the hostnames of the ready endpoints, without "". */
  Set<String> readyHostnames() {
    return endpoints.readyHostnames();
  }

  boolean anyReady() {
    return hints.ready() > 0;
  }

  /** Returns how many endpoints are ready. */
  int ready() {
    return hints.ready();
  }

  /** Returns how many of the ready ones have node hints. */
  int withNodeHints() {
    return hints.withNodeHints();
  }

  /** Returns how many of the ready ones have zone hints. */
  int withZoneHints() {
    return hints.withZoneHints();
  }

  /** True when there is one that takes requests: ready, or as a last resort while it terminates. */
  boolean anyServing() {
    return anyReady() || terminating;
  }

  /** Returns why none takes requests, where {@link #anyServing} is false. */
  DecisionReason absence() {
    return absence;
  }

  /** The same endpoints, of which none takes requests, while some of the other family do. */
  synchronized PortEndpoints withOnlyOtherFamily() {
    if (ofNoUse == null) {
      ofNoUse = new PortEndpoints(endpoints(), DecisionReason.ONLY_OTHER_FAMILY, endpoints);
    }
    return ofNoUse;
  }

  /** True when an endpoint that makes a tier (rule 8: not a draining one) is on this node. */
  boolean anyOnNode(String node) {
    return endpoints().stream().anyMatch(e -> e.onNode(node) && ScopeRules.makesTier(e));
  }

  /** The same of a zone. */
  boolean anyInZone(String zone) {
    return endpoints().stream().anyMatch(e -> e.inZone(zone) && ScopeRules.makesTier(e));
  }

  ReadyHints.Cover hintCover() {
    return hints.cover();
  }

  /**
   * True when every ready endpoint has zone hints, so that it matters in which zone a client is.
   */
  boolean hintsByZone() {
    return !hints.zones().isEmpty();
  }

  /** True when every ready endpoint has node hints and one names this node. */
  boolean hintsCoverNode(String node) {
    return hints.nodes().contains(node);
  }

  /** True when every ready endpoint has zone hints and one names this zone. */
  boolean hintsCoverZone(String zone) {
    return hints.zones().contains(zone);
  }

  /**
   * Reduces a view to what can make a difference here: a node or zone that no endpoint or usable
   * hint names becomes {@link ClientView#ELSEWHERE}. Views that reduce to the same get the same
   * endpoints for the same reason, so this is the key under which they are kept, and foreign names
   * cannot make the number of keys grow.
   */
  ClientView reduce(ClientView view, ServiceRoutingPolicy policy, Reach reach) {
    if (reach.localOnly()) {
      String node = view.node();
      return new ClientView(nodes.contains(node) ? node : elsewhere(node), "", view.family());
    }
    String zone = zoneMatters(view, reach) ? view.zone() : elsewhere(view.zone());
    String node = nodeMatters(view.node(), policy) ? view.node() : elsewhere(view.node());
    // To know that the node is elsewhere says more only where nothing is known of the zone.
    boolean told = !node.equals(ClientView.ELSEWHERE) || zone.isEmpty();
    return new ClientView(told ? node : "", zone, view.family());
  }

  /** A zone without endpoints still tells a region, which matters to failover. */
  private boolean zoneMatters(ClientView view, Reach reach) {
    return zones.contains(view.zone())
        || (reach.extent() == Reach.Extent.REGION
            && endpoints().stream().anyMatch(endpoint -> reach.covers(endpoint, view)));
  }

  /** A place that makes no difference, unless nothing is known of it. */
  private static String elsewhere(String place) {
    return place.isEmpty() ? place : ClientView.ELSEWHERE;
  }

  private boolean nodeMatters(String node, ServiceRoutingPolicy policy) {
    if (policy.traffic().zoneWeights().value().any()) {
      return false;
    }
    boolean byHint =
        policy.hints() != ServiceRoutingPolicy.HintUse.IGNORED && hints.nodes().contains(node);
    return byHint || (policy.preference() == Preference.SAME_NODE && nodes.contains(node));
  }

  /** Returns whether it can make a difference on which node a client is. */
  boolean anyNodeMatters(ServiceRoutingPolicy policy, Reach reach) {
    if (!reach.localOnly() && policy.traffic().zoneWeights().value().any()) {
      return false;
    }
    boolean byHint =
        policy.hints() != ServiceRoutingPolicy.HintUse.IGNORED && !hints.nodes().isEmpty();
    boolean byPlace = reach.localOnly() || policy.preference() == Preference.SAME_NODE;
    return byHint || (byPlace && !nodes.isEmpty());
  }
}
