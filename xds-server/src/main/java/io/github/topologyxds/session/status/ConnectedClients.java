package io.github.topologyxds.session.status;

import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

/** Who is connected, and what they have: what the threads of the streams know. Any thread. */
public interface ConnectedClients {
  /** Returns all streams, in no order; never completes once the server has stopped. */
  CompletableFuture<List<ConnectedClient>> all();

  /** Returns where the requests of all streams may go, in no order; likewise. */
  CompletableFuture<List<ClientUse>> uses();

  /**
   * Returns what a client has of a type, sorted by name; empty when it has not asked for it, or has
   * gone. Never completes once the server has stopped.
   */
  CompletableFuture<List<HeldResource>> resources(ConnectedClient client, ResourceType type);

  /**
   * Returns what a client has of these names alone, sorted; a name that it has not asked for is
   * told of as one that it has nothing of. Empty when it has not asked for the type, or has gone.
   */
  CompletableFuture<List<HeldResource>> resources(
      ConnectedClient client, ResourceType type, SortedSet<String> names);
}
