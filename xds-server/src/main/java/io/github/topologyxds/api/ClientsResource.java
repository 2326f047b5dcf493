package io.github.topologyxds.api;

import io.github.topologyxds.session.status.ConnectedClient;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** {@code clients}: who is connected, and how far each one has got. */
final class ClientsResource implements Resource {
  /** A loop that does not come to it in this time is stuck, or the server stops. */
  private static final int SECONDS = 5;

  private static final Filter<ConnectedClient> FILTER =
      new Filter<ConnectedClient>()
          .by("id", ConnectedClient::id)
          .by("node", client -> client.place().nodeName())
          .by("zone", client -> client.place().zone())
          .by("zoneSource", ClientJson::zoneSource)
          .by("namespace", ConnectedClient::namespace)
          .by("protocol", ClientJson::protocol)
          .by("kind", ClientJson::kind)
          .by("state", client -> ClientJson.state(client.state()));

  private final Supplier<CompletableFuture<List<ConnectedClient>>> clients;

  ClientsResource(Supplier<CompletableFuture<List<ConnectedClient>>> clients) {
    this.clients = clients;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    List<ConnectedClient> sorted =
        FILTER.apply(request, all()).stream()
            .sorted(Comparator.comparing(ClientsResource::key))
            .toList();
    return new Listing<>(sorted, ClientsResource::key).page(request, ClientJson::of);
  }

  /** Two streams of one client differ in the connection, or in when they began. */
  private static String key(ConnectedClient client) {
    return client.id() + " " + client.peer() + " " + client.since() + " " + client.types().keySet();
  }

  private List<ConnectedClient> all() {
    try {
      return clients.get().get(SECONDS, TimeUnit.SECONDS);
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
}
