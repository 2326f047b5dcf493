package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.session.SessionGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Collects the clients of one loop, a slice of them at a time: what else the loop has to do is done
 * between two slices, so that no push waits for longer than for one. Who comes or goes meanwhile
 * may be listed or not; nobody is listed twice.
 *
 * <p>Owner: the loop.
 */
final class ClientListing<T> {
  /** Takes about a tenth of a millisecond. */
  static final int SLICE = 100;

  private final DeliveryLoop loop;
  private final Function<ClientSession, T> look;
  private final List<T> clients = new ArrayList<>();
  private final CompletableFuture<List<T>> listed = new CompletableFuture<>();

  private ClientListing(DeliveryLoop loop, Function<ClientSession, T> look) {
    this.loop = loop;
    this.look = look;
  }

  /**
   * Begins on the loop, and ends there. Any thread.
   *
   * @param look what is asked of each, on the loop
   */
  static <T> CompletableFuture<List<T>> of(DeliveryLoop loop, Function<ClientSession, T> look) {
    ClientListing<T> listing = new ClientListing<>(loop, look);
    loop.execute(() -> listing.goOn(0));
    return listing.listed;
  }

  private void goOn(int from) {
    try {
      List<SessionGroup.Numbered<T>> slice = loop.sessions().clients(from, SLICE, look);
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
