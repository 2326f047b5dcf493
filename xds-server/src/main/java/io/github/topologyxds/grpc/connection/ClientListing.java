package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.session.SessionGroup;
import io.github.topologyxds.session.status.ConnectedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Collects the clients of one loop, a slice of them at a time: what else the loop has to do is done
 * between two slices, so that no push waits for longer than for one. Who comes or goes meanwhile
 * may be listed or not; nobody is listed twice.
 *
 * <p>Owner: the loop.
 */
final class ClientListing {
  /** Takes about a tenth of a millisecond. */
  static final int SLICE = 100;

  private final DeliveryLoop loop;
  private final List<ConnectedClient> clients = new ArrayList<>();
  private final CompletableFuture<List<ConnectedClient>> listed = new CompletableFuture<>();

  private ClientListing(DeliveryLoop loop) {
    this.loop = loop;
  }

  /** Begins on the loop, and ends there. Any thread. */
  static CompletableFuture<List<ConnectedClient>> of(DeliveryLoop loop) {
    ClientListing listing = new ClientListing(loop);
    loop.execute(() -> listing.goOn(0));
    return listing.listed;
  }

  private void goOn(int from) {
    try {
      List<SessionGroup.Numbered> slice = loop.sessions().clients(from, SLICE);
      slice.forEach(numbered -> clients.add(numbered.client()));
      if (slice.size() < SLICE) {
        listed.complete(clients);
      } else {
        loop.execute(() -> goOn(slice.getLast().number() + 1));
      }
    } catch (RuntimeException e) {
      listed.completeExceptionally(e);
    }
  }
}
