package io.github.topologyxds.session;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.session.status.ClientUse;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.Nack;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.SharedIndex;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.subscription.SubscriptionContext;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One stream: who asks, what it is subscribed to, and what it is due. It knows the rules of the xDS
 * protocol, but nothing of the library or of gRPC.
 *
 * <p>Owner: the stream's thread, one of the delivery threads. Only there may anything here be
 * called.
 */
public final class ClientSession {
  private final SessionGroup group;
  private final int number;
  private final Peer peer;
  private final ClientResources resources;
  private final DeliveryMetrics metrics;
  private final Map<ResourceType, Subscription> subscriptions = new EnumMap<>(ResourceType.class);
  private final SendingOrder order;
  private final SubscriptionRequests requests;
  private long lastSent = Long.MIN_VALUE / 2; // Whoever has never been sent anything was quiet.
  private boolean clustersAreNew; // Acknowledged, and in use with their endpoints.
  private final AckDelay ackDelay;
  private final ClientStatus status;
  private final ClientPresence presence;

  /** Who is at the other end, and how to reach it. */
  record Peer(XdsProtocol protocol, ClientNode client, Transport transport) {}

  ClientSession(SessionGroup group, int number, Peer peer, DeliveryMetrics metrics) {
    this.group = group;
    this.number = number;
    this.peer = peer;
    this.resources = group.store().forClient(peer.client(), peer.protocol());
    this.metrics = metrics;
    this.order =
        new SendingOrder(subscriptions, this::empty, resources, peer.transport(), this::sent);
    this.requests =
        new SubscriptionRequests(subscriptions, order, this::empty, resources, group.limits());
    this.ackDelay = new AckDelay(metrics);
    this.status = new ClientStatus(group.clock(), metrics, subscriptions);
    this.presence = new ClientPresence(peer, resources, metrics, group);
  }

  int number() {
    return number;
  }

  /** Returns which client this is a stream of. */
  ClientStreams.Client client() {
    return new ClientStreams.Client(peer.transport().peer(), peer.client().id());
  }

  /** Returns what others look at. */
  SessionView view() {
    return new SessionView(resources, subscriptions);
  }

  Transport transport() {
    return peer.transport();
  }

  /** The stream is over, for this cause. */
  public void close(Departure departure) {
    subscriptions.values().forEach(Subscription::close);
    subscriptions.clear();
    group.closed(this);
    presence.went(departure);
  }

  /** When something was last sent. */
  long lastSent() {
    return lastSent;
  }

  /** Returns whether the client has asked for anything of this type. */
  public boolean hasAskedFor(ResourceType type) {
    return subscriptions.containsKey(type);
  }

  /** Sends what is due, unless changes are held back: then it goes with them. */
  public void proceed() {
    if (!group.pacing().delays(number) || order.owesClusters()) {
      flush();
    }
  }

  /**
   * State-of-the-world: the client wants these names.
   *
   * @return why the stream must end; empty: it goes on
   */
  public Optional<String> want(ResourceType type, SotwSubscriptionRequest request) {
    return requests.want(type, request);
  }

  /**
   * Delta: the client wants more names, or fewer.
   *
   * @return why the stream must end; empty: it goes on
   */
  public Optional<String> want(ResourceType type, DeltaSubscriptionRequest request) {
    return requests.want(type, request);
  }

  private Subscription empty(ResourceType type) {
    SharedIndex shared =
        new SharedIndex(
            group.subscribers(type),
            number,
            group.initialResponses(),
            group.limits().responseBytes());
    return new Subscription(new SubscriptionContext(type, peer.protocol(), resources, shared));
  }

  /** The client has accepted the last response of this type. */
  public void acknowledged(ResourceType type) {
    Subscription subscription = subscriptions.get(type);
    if (subscription != null) {
      if (subscription.isOpen()) {
        status.acknowledged(type);
      }
      subscription.acknowledged();
      if (type.isAwaited()) {
        ackDelay.acknowledged();
      }
      if (type.isWarming() || (clustersAreNew && type.isAwaited())) {
        clustersAreNew = type.isWarming();
        group.clients().hasNewClusters(client());
      }
    }
  }

  /** The client has refused the last response of this type. */
  public void refused(ResourceType type, String error) {
    Subscription subscription = subscriptions.get(type);
    if (subscription == null) {
      return;
    }
    Nack nack =
        subscription.refused(
            view().any(ResourceType::isWarming, Subscription::isOpen)
                ? Nack.ClusterWarming.POSSIBLE
                : Nack.ClusterWarming.OVER);
    metrics.refused(type);
    status.refused(type, error, nack);
    String what = nack == null ? "nothing that was sent" : nack.toString();
    NackLog.Refused told = new NackLog.Refused(peer.client().id(), type, what, error);
    if (nack == null || nack.isNews()) {
      metrics.nackLog().tell(told, group.clock());
    }
  }

  /** These Nodes have changed; returns whether that makes a difference to this client. */
  boolean relocated(Set<String> movedNodes) {
    if (!movedNodes.contains(peer.client().nodeName()) || !resources.relocate()) {
      return false;
    }
    presence.moved();
    subscriptions.forEach((type, subscription) -> {
      if (resources.dependsOnPlace(type)) {
        subscription.allChanged();
        status.changed(type);
      }
    });
    return true;
  }

  /** A resource may be different now. */
  void changed(ResourceType type, String name) {
    with(type, s -> s.changed(name));
  }

  /** Routes may be different; returns whether this client has any in resources of other types. */
  boolean routesChanged() {
    List<ResourceType> made =
        subscriptions.keySet().stream().filter(resources::isMadeOfRoutes).toList();
    made.forEach(type -> with(type, Subscription::allChanged));
    return !made.isEmpty();
  }

  /** What has changed for this client came from the source at this time. */
  void changedSince(long nanos) {
    ackDelay.changed(nanos);
  }

  /** Returns whether this client sends requests to endpoints that are all lost to it. */
  boolean losesNear(ResourceType type, String name, NearLoss loss) {
    Subscription endpoints = subscriptions.get(type);
    XdsResource has = endpoints == null ? null : endpoints.has(name);
    XdsResource next = has == null ? null : resources.get(type, name);
    return has != null && next != null && loss.isBetween(has, next);
  }

  /** Returns the client as it is now. */
  public ConnectedClient snapshot() {
    return status.snapshot(peer, resources);
  }

  /** Returns where its requests may go. */
  public ClientUse use() {
    return view().use(peer.client().id());
  }

  private void with(ResourceType type, Consumer<Subscription> action) {
    Subscription subscription = subscriptions.get(type);
    if (subscription != null) {
      action.accept(subscription);
      status.changed(type);
    }
  }

  /** Sends what is due; see {@link SendingOrder}. */
  public void flush() {
    order.flush();
    status.flushed();
    if (!view().any(ResourceType::isAwaited, Subscription::isBehind)) {
      ackDelay.nothingDue();
    }
  }

  private void sent(Push push, String version) {
    status.sent(push.type(), version);
    lastSent = group.pacing().sent(number);
    metrics.pushed(push.type());
    if (push.type().isAwaited()) {
      ackDelay.sent();
    }
  }
}
