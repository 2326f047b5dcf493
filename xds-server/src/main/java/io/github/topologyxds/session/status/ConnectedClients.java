package io.github.topologyxds.session.status;

import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.xds.ResourceType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who is connected, and what they have: what the threads of the streams know. Any thread. */
public interface ConnectedClients {
  /** Returns all streams, in no order; never completes once the server has stopped. */
  CompletableFuture<List<ConnectedClient>> all();

  /**
   * Returns what a client has of a type, sorted by name; empty when it has not asked for it, or has
   * gone. Never completes once the server has stopped.
   */
  CompletableFuture<List<HeldResource>> resources(ConnectedClient client, ResourceType type);
}
