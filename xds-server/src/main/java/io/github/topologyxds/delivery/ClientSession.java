package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: who asks, what it is subscribed to, and what it is due. It knows the rules of the xDS
 * protocol, but nothing of the library or of gRPC.
 *
 * <p>Owner: the stream's thread, one of the delivery threads. Only there may anything here be
 * called.
 */
public final class ClientSession {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

  private static final int LONGEST_ERROR = 500;

  private final XdsProtocolVariant variant;
  private final ClientNode client;
  private final ClientResources resources;
  private final DeliveryMetrics metrics;
  private final Map<ResourceType, Subscription> subscriptions = new EnumMap<>(ResourceType.class);

  /** Clusters that were sent before the client asked for any endpoints. */
  private final Set<String> awaitingEndpoints = new HashSet<>();

  public ClientSession(
      XdsProtocolVariant variant, ClientNode client, ResourceStore store, DeliveryMetrics metrics) {
    this.variant = variant;
    this.client = client;
    this.resources = new ClientResources(store, client);
    this.metrics = metrics;
  }

  public ClientNode client() {
    return client;
  }

  /** True while the client has not yet answered the last response of this type. */
  public boolean awaitsAnswer(ResourceType type) {
    Subscription subscription = subscriptions.get(type);
    return subscription != null && subscription.isOpen();
  }

  /**
   * State-of-the-world: the client wants these names. None in its first request means all, until it
   * names some.
   */
  public void want(ResourceType type, List<String> names) {
    Subscription known = subscriptions.get(type);
    Subscription subscription = known == null ? add(type) : known;
    boolean unnamed =
        names.isEmpty() && isWildcardType(type) && (known == null || known.isWildcard());
    boolean all = unnamed || names.contains(DeltaSubscription.WILDCARD);
    subscription.replaceNames(withoutWildcard(names));
    sendAwaitedEndpoints(type, subscription);
    if (all && !subscription.isWildcard()) {
      subscription.subscribeToAll(resources.names(type));
    } else if (!all && subscription.isWildcard()) {
      subscription.unsubscribeFromAll();
    }
  }

  /** Delta: the client's first request of a type may say what it has from an earlier stream. */
  public void want(ResourceType type, DeltaSubscription request) {
    Subscription known = subscriptions.get(type);
    Subscription subscription = known == null ? add(type) : known;
    boolean legacyWildcard = known == null && request.subscribe().isEmpty() && isWildcardType(type);
    if (legacyWildcard || request.subscribe().contains(DeltaSubscription.WILDCARD)) {
      subscription.subscribeToAll(resources.names(type));
    }
    if (request.unsubscribe().contains(DeltaSubscription.WILDCARD)) {
      subscription.unsubscribeFromAll();
    }
    subscription.subscribe(withoutWildcard(request.subscribe()));
    if (known == null) {
      subscription.startFrom(request.initialVersions());
    }
    sendAwaitedEndpoints(type, subscription);
    subscription.unsubscribe(withoutWildcard(request.unsubscribe()));
  }

  /**
   * A client that comes back asks for clusters first. Those that it is sent then warm until their
   * endpoints come, whatever version of them it says that it has.
   */
  private void sendAwaitedEndpoints(ResourceType type, Subscription subscription) {
    if (type == ResourceType.ENDPOINT) {
      subscription.force(awaitingEndpoints);
      awaitingEndpoints.clear();
    }
  }

  private static List<String> withoutWildcard(List<String> names) {
    return names.stream().filter(name -> !name.equals(DeltaSubscription.WILDCARD)).toList();
  }

  private static boolean isWildcardType(ResourceType type) {
    return type == ResourceType.CLUSTER || type == ResourceType.LISTENER;
  }

  private Subscription add(ResourceType type) {
    Subscription subscription = new Subscription(type, variant);
    subscriptions.put(type, subscription);
    return subscription;
  }

  /** The client has accepted the last response of this type. */
  public void acknowledged(ResourceType type) {
    Subscription subscription = subscriptions.get(type);
    if (subscription != null) {
      subscription.acknowledged();
    }
  }

  /** The client has refused the last response of this type. */
  public void refused(ResourceType type, String error) {
    Subscription subscription = subscriptions.get(type);
    if (subscription == null) {
      return;
    }
    Collection<XdsResource> fresh = subscription.refused();
    metrics.refused(type);
    String what =
        fresh.size() == 1
            ? fresh.iterator().next().name() + " (it waits for other content)"
            : fresh.size() + " resources (they are sent again in halves)";
    LOG.warn(
        "client {} refused {} {}: {}",
        Finding.quote(client.id()),
        type,
        Finding.quote(what),
        Finding.quote(error, LONGEST_ERROR));
  }

  /** Something was published. */
  public void published(Publication publication) {
    if (publication.nodes() && resources.relocate()) {
      with(ResourceType.ENDPOINT, Subscription::allChanged);
    }
    with(ResourceType.CLUSTER, s -> s.changed(publication.clusters()));
    with(ResourceType.ENDPOINT, s -> s.changed(publication.assignments()));
    if (publication.routes()) {
      with(ResourceType.ROUTE, Subscription::allChanged);
    }
  }

  private void with(ResourceType type, Consumer<Subscription> action) {
    Subscription subscription = subscriptions.get(type);
    if (subscription != null) {
      action.accept(subscription);
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
  public void flush(Transport transport) {
    Set<String> held;
    do {
      Set<String> heldNow = clustersStillRouted();
      held = heldNow;
      with(ResourceType.CLUSTER, clusters -> flush(clusters, heldNow, transport));
      with(ResourceType.ENDPOINT, endpoints -> flush(endpoints, heldNow, transport));
      with(ResourceType.LISTENER, listeners -> flush(listeners, Set.of(), transport));
      if (!awaitsAnswer(ResourceType.CLUSTER)) {
        with(ResourceType.ROUTE, routes -> flush(routes, Set.of(), transport));
      }
    } while (!held.isEmpty() && clustersStillRouted().isEmpty());
  }

  /** Returns the clusters that are gone while the client's routes are not up to date. */
  private Set<String> clustersStillRouted() {
    Subscription routes = subscriptions.get(ResourceType.ROUTE);
    Subscription clusters = subscriptions.get(ResourceType.CLUSTER);
    return routes == null || clusters == null || !routes.isBehind()
        ? Set.of()
        : clusters.gone(resources);
  }

  private void flush(Subscription subscription, Set<String> held, Transport transport) {
    Push push = subscription.next(resources, held);
    if (push != null) {
      transport.send(push);
      metrics.pushed(push.type());
      if (push.type() == ResourceType.CLUSTER) {
        endpointsFollow(subscription.openNames());
      }
    }
  }

  private void endpointsFollow(Set<String> clusters) {
    Subscription endpoints = subscriptions.get(ResourceType.ENDPOINT);
    if (endpoints == null) {
      awaitingEndpoints.addAll(clusters);
    } else {
      endpoints.force(clusters);
    }
  }
}
