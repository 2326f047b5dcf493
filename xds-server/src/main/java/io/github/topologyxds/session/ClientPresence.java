package io.github.topologyxds.session;

import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.resources.ClientResources;

/**
 * Tells whoever counts and logs that a client is there, has moved to another zone, and has gone.
 *
 * <p>Owner: the stream's thread.
 */
final class ClientPresence {
  private final ClientSession.Peer peer;
  private final ClientResources resources;
  private final DeliveryMetrics metrics;
  private final GroupClock clock;
  private ClientCounts.Group counted;

  /** It has come. */
  ClientPresence(
      ClientSession.Peer peer,
      ClientResources resources,
      DeliveryMetrics metrics,
      SessionGroup group) {
    this.peer = peer;
    this.resources = resources;
    this.metrics = metrics;
    this.clock = group.clock();
    this.counted = group();
    metrics.clients().opened(counted);
    metrics.fleetGarbage().came();
    metrics
        .clientLog()
        .came(peer.client().id(), resources.place(), group.store().nodeNames(), clock);
  }

  private ClientCounts.Group group() {
    return new ClientCounts.Group(
        resources.nodeZone(),
        peer.protocol(),
        peer.client().identity().map(ClientIdentity::source));
  }

  /** Its Node is in another zone now, or known or unknown. */
  void moved() {
    metrics.clients().closed(counted);
    counted = group();
    metrics.clients().opened(counted);
    metrics.clientChanged();
  }

  /** Its stream is over, for this cause. */
  void went(Departure departure) {
    resources.close();
    metrics.clients().closed(counted);
    metrics.fleetGarbage().went();
    metrics.clientChanged();
    metrics.clientLog().went(peer.client().id(), resources.place(), departure, clock);
  }
}
