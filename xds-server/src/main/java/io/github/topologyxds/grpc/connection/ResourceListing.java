package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.session.ClientStreams;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.subscription.HeldResources;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Collects what one client has of a type, a slice at a time, as {@link ClientListing} does: each
 * resource's part is of one moment, the whole is not.
 *
 * <p>Owner: the loop.
 */
final class ResourceListing {
  private final DeliveryLoop loop;
  private final ClientStreams.Client client;
  private final ResourceType type;
  private final List<String> names = new ArrayList<>();
  private final List<HeldResource> resources = new ArrayList<>();
  private final CompletableFuture<List<HeldResource>> listed = new CompletableFuture<>();

  private ResourceListing(DeliveryLoop loop, ClientStreams.Client client, ResourceType type) {
    this.loop = loop;
    this.client = client;
    this.type = type;
  }

  /**
   * Begins on the loop, and ends there; empty where the loop has no such client. Any thread.
   *
   * @param asked which names are to be told of
   */
  static CompletableFuture<List<HeldResource>> of(
      DeliveryLoop loop,
      ClientStreams.Client client,
      ResourceType type,
      Function<HeldResources, SortedSet<String>> asked) {
    ResourceListing listing = new ResourceListing(loop, client, type);
    loop.execute(() -> listing.begin(asked));
    return listing.listed;
  }

  private void begin(Function<HeldResources, SortedSet<String>> asked) {
    try {
      loop.sessions()
          .clients()
          .held(client, type)
          .ifPresent(held -> names.addAll(asked.apply(held)));
    } catch (RuntimeException e) {
      listed.completeExceptionally(e);
    }
    goOn(0);
  }

  /** A client that has gone meanwhile leaves what was collected until then. */
  private void goOn(int from) {
    try {
      List<String> slice = names.subList(from, Math.min(from + ClientListing.SLICE, names.size()));
      loop.sessions()
          .clients()
          .held(client, type)
          .map((HeldResources held) -> held.of(slice))
          .ifPresent(resources::addAll);
      if (from + slice.size() == names.size()) {
        listed.complete(resources);
      } else {
        loop.execute(() -> goOn(from + slice.size()));
      }
    } catch (RuntimeException e) {
      listed.completeExceptionally(e);
    }
  }
}
