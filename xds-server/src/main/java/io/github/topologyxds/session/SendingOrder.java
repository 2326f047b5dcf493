package io.github.topologyxds.session;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.session.order.AssignmentsBehind;
import io.github.topologyxds.session.order.FormerClusters;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * In which order a stream's types are sent: clusters, their endpoints, listeners, routes (xDS
 * protocol, "eventual consistency considerations"); and made before it is broken. That is a rule
 * between those four, so this class names them where a trait of a type does not say it.
 *
 * <p>Owner: the stream's thread.
 */
final class SendingOrder {
  /** As many responses are kept as they are, which costs nothing: all streams share them. */
  private static final int RESPONSES = 16;

  private final Map<ResourceType, Subscription> subscriptions;
  private final ClientResources resources;
  private final Transport transport;
  private final Sent sent;

  private final AssignmentsBehind behind;
  private final FormerClusters former;

  /** Clusters that were sent before the client asked for any endpoints. */
  private final List<List<XdsResource>> awaitingEndpoints = new ArrayList<>();

  /** Is told of what has been sent. */
  @FunctionalInterface
  interface Sent {
    /** The version is that of the response as a whole. */
    void sent(Push push, String version);
  }

  /**
   * Has sent nothing yet.
   *
   * @param subscriptions the stream's, as they are at any time
   * @param empty makes one that is in the index
   * @param resources as the client sees them
   * @param sent is told of what has been sent
   */
  SendingOrder(
      Map<ResourceType, Subscription> subscriptions,
      Function<ResourceType, Subscription> empty,
      ClientResources resources,
      Transport transport,
      Sent sent) {
    this.subscriptions = subscriptions;
    this.behind = new AssignmentsBehind(subscriptions, resources, empty);
    this.former = new FormerClusters(subscriptions, resources);
    this.resources = resources;
    this.transport = transport;
    this.sent = sent;
  }

  /**
   * A client that comes back asks for clusters first. Those that it is sent then warm until their
   * endpoints come, whatever version of them it says that it has. Where it says nothing, they are
   * due anyway.
   */
  void askedForEndpoints(Subscription subscription) {
    if (!awaitingEndpoints.isEmpty()) {
      if (subscription.resumed()) {
        awaitingEndpoints.forEach(clusters -> subscription.force(names(clusters)));
      }
      awaitingEndpoints.clear();
    }
  }

  /**
   * Sends what is due, in the order that the xDS protocol asks for: clusters, their endpoints,
   * listeners, routes; and makes before it breaks. Routes wait until the clusters that they may
   * name are warm, which is when Envoy acknowledges CDS; clusters that are gone, and their
   * endpoints, stay until no route names them any more.
   *
   * <p>A cluster that is sent again warms until its endpoints come again. In delta Envoy does not
   * ask for them (envoy#13009), and without a fetch timeout it would wait for ever; so they follow.
   */
  void flush() {
    Set<String> kept = clustersStillRouted();
    Set<String> before;
    do {
      before = kept;
      flushAll(before);
      kept = clustersStillRouted();
    } while (!kept.containsAll(before));
    former.flushed();
    behind.flushed();
  }

  private void flushAll(Set<String> kept) {
    boolean clustersAreOut = true;
    for (ResourceType type : ResourceType.values()) {
      if (type.isRouting() && (!clustersAreOut || clustersWarm())) {
        continue;
      }
      boolean isOut = flush(type, type.isRoutedTo() ? kept : Set.of());
      if (type.isWarming()) {
        clustersAreOut &= isOut;
      }
    }
  }

  /**
   * Returns the clusters that are gone and still in use: while the client's routes are not up to
   * date, or as long as a gRPC library names them. A client that comes back asks for clusters
   * before it asks for the routes that it still has.
   */
  private Set<String> clustersStillRouted() {
    Subscription routes = subscriptions.get(ResourceType.ROUTE);
    Subscription clusters = subscriptions.get(ResourceType.CLUSTER);
    if (clusters == null) {
      return Set.of();
    }
    if (resources.isMadeOfRoutes(ResourceType.LISTENER)) {
      return former.of(clusters);
    }
    boolean routed = routes == null ? clusters.isResuming() : routes.isBehind();
    return routed ? clusters.kept().gone() : Set.of();
  }

  /** Returns false when something of the type is due, and has to wait. */
  private boolean flush(ResourceType type, Set<String> kept) {
    Subscription subscription = subscriptions.get(type);
    if (subscription == null || !subscription.isDue()) {
      return true;
    }
    if (type.isWarming() && !behind.canFollow()) {
      return false;
    }
    if (!behind.follows(type) && !transport.isReady(subscription.dueCount())) {
      return false;
    }
    Push push = subscription.next(kept);
    if (push != null) {
      sent.sent(push, transport.send(push));
      if (type.isWarming()) {
        endpointsFollow(subscription.openResources());
      }
    }
    return true;
  }

  /** Returns whether clusters could not go when they were due. */
  boolean owesClusters() {
    return behind.clustersOwed();
  }

  private void endpointsFollow(List<XdsResource> clusters) {
    if (behind.isNeeded()) {
      behind.follow(clusters);
      return;
    }
    Subscription endpoints = subscriptions.get(ResourceType.ENDPOINT);
    if (endpoints != null) {
      endpoints.force(names(clusters));
    } else if (!clusters.isEmpty()) {
      awaitingEndpoints.add(clusters);
      if (awaitingEndpoints.size() > RESPONSES) {
        joinAwaiting();
      }
    }
  }

  /** A client that never asks for endpoints must not make this grow with every response. */
  private void joinAwaiting() {
    Map<String, XdsResource> newest = new HashMap<>();
    awaitingEndpoints.forEach(
        clusters -> clusters.forEach(cluster -> newest.put(cluster.name(), cluster)));
    awaitingEndpoints.clear();
    awaitingEndpoints.add(List.copyOf(newest.values()));
  }

  private boolean clustersWarm() {
    for (Map.Entry<ResourceType, Subscription> one : subscriptions.entrySet()) {
      if (one.getKey().isWarming() && one.getValue().isOpen()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(List<XdsResource> resources) {
    return resources.stream().map(XdsResource::name).toList();
  }
}
