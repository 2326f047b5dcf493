package io.github.topologyxds.api;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.EditDistance;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who is connected, for answers: they wait for the xDS loops. Not for an event loop. */
final class Clients {
  /** A loop that does not come to it in this time is stuck, or the server stops. */
  private static final int SECONDS = 5;

  private final ConnectedClients source;

  Clients(ConnectedClients source) {
    this.source = source;
  }

  /**
   * Returns all of them, in no order.
   *
   * @throws ApiFailure when the loops do not answer
   */
  List<ConnectedClient> all() {
    return answer(source.all());
  }

  /**
   * Returns what a client has of these load assignments.
   *
   * @throws ApiFailure when the loops do not answer
   */
  List<HeldResource> assignments(ConnectedClient client, SortedSet<String> names) {
    return answer(source.resources(client, ResourceType.ENDPOINT, names));
  }

  private static <T> T answer(CompletableFuture<T> asked) {
    try {
      return asked.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(ApiFailure.Kind.UNAVAILABLE, "the server is stopping");
    } catch (TimeoutException e) {
      throw new ApiFailure(
          ApiFailure.Kind.UNAVAILABLE,
          "the clients cannot be listed: the xDS port does not answer");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the clients cannot be listed", e.getCause());
    }
  }

  /**
   * Returns the client of an id; of several streams the youngest.
   *
   * @throws ApiFailure when none of that id is connected
   */
  ConnectedClient named(String id) {
    List<ConnectedClient> connected = all();
    return connected.stream()
        .filter(client -> client.id().equals(id))
        .max(Comparator.comparing(ConnectedClient::since))
        .orElseThrow(() -> unknown(id, connected));
  }

  private static ApiFailure unknown(String id, List<ConnectedClient> connected) {
    String meant =
        connected.stream()
            .map(ConnectedClient::id)
            .filter(known -> EditDistance.isMisspelling(id, known))
            .min(Comparator.comparingInt(known -> EditDistance.between(id, known)))
            .map(known -> "; did you mean " + Finding.quote(known) + "?")
            .orElse("");
    return new ApiFailure(
        ApiFailure.Kind.NOT_FOUND,
        "no client '"
            + Finding.quote(id)
            + "' is connected ("
            + connected.size()
            + " are)"
            + meant);
  }
}
