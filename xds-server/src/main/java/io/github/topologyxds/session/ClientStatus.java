package io.github.topologyxds.session;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.subscription.Nack;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a stream is kept for those who ask how far its client has got.
 *
 * <p>Owner: the stream's thread.
 */
final class ClientStatus {
  private final GroupClock clock;
  private final DeliveryMetrics metrics;
  private final Map<ResourceType, Subscription> subscriptions;
  private final Map<ResourceType, TypeHistory> histories = new EnumMap<>(ResourceType.class);
  private final long since;

  /**
   * Of a client that has just introduced itself.
   *
   * @param subscriptions the stream's, as they are at any time
   */
  ClientStatus(
      GroupClock clock, DeliveryMetrics metrics, Map<ResourceType, Subscription> subscriptions) {
    this.metrics = metrics;
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.since = clock.epochMillis();
    metrics.clientChanged();
  }

  private TypeHistory history(ResourceType type) {
    return histories.computeIfAbsent(type, t -> new TypeHistory());
  }

  /** Something of this type may have become due. */
  void changed(ResourceType type) {
    history(type).due(clock.epochMillis());
  }

  void sent(ResourceType type, String version) {
    history(type).sent(version, clock.epochMillis());
    metrics.clientChanged();
  }

  void acknowledged(ResourceType type) {
    history(type).accepted(clock.epochMillis());
    metrics.clientChanged();
  }

  /** Null for the nack: no response was open. */
  void refused(ResourceType type, String error, @Nullable Nack nack) {
    TypeHistory.Search search =
        nack != null && nack.findsOne() ? TypeHistory.Search.FOR_ONE : TypeHistory.Search.NONE;
    history(type).refused(error, search, clock.epochMillis());
    metrics.clientChanged();
  }

  /** What could be sent has been sent. */
  void flushed() {
    subscriptions.forEach((type, subscription) -> {
      if (subscription.isDue()) {
        history(type).due(clock.epochMillis());
      } else {
        history(type).nothingDue();
      }
    });
  }

  /** Returns the client as it is now. */
  ConnectedClient snapshot(ClientSession.Peer peer, ClientResources resources) {
    long now = clock.epochMillis();
    Map<ResourceType, TypeStatus> types = new EnumMap<>(ResourceType.class);
    subscriptions.forEach(
        (type, subscription) -> types.put(type, history(type).status(subscription, now)));
    return new ConnectedClient(
        peer.client().id(),
        resources.place(),
        peer.client().family(),
        peer.client().namespace(),
        peer.client().visibleFrom(),
        peer.client().identity(),
        peer.protocol(),
        peer.client().agent(),
        peer.transport().peer(),
        Instant.ofEpochMilli(since),
        types);
  }
}
