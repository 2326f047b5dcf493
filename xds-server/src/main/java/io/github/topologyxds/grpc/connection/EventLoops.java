package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.session.ClientStreams;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.status.ClientUse;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.subscription.HeldResources;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.xds.resource.ResourceType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that carry the connections. A stream belongs to the one of its connection for life,
 * so its state needs no locks.
 */
public final class EventLoops implements ConnectedClients, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

  private final EventLoopGroup boss;
  private final EventLoopGroup workers;
  private final List<DeliveryLoop> loops = new ArrayList<>();

  /**
   * Starts the threads: one that accepts connections, and so many that carry them.
   *
   * @param count how many carry connections
   * @param limits what a client may ask for
   */
  public EventLoops(
      int count,
      SocketTransport sockets,
      ResourceStore store,
      DeliveryMetrics metrics,
      PushLimits limits) {
    boss =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("xds-accept", true), sockets.handlers());
    workers =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("xds", true), sockets.handlers());
    for (EventExecutor executor : workers) {
      loops.add(new DeliveryLoop(executor, store, metrics, limits));
    }
  }

  /** Returns the loop that accepts connections. */
  public EventLoopGroup boss() {
    return boss;
  }

  /** Returns the loops that carry connections. */
  public EventLoopGroup workers() {
    return workers;
  }

  /** Returns the loop on whose thread this is called. */
  public DeliveryLoop current() {
    for (DeliveryLoop loop : loops) {
      if (loop.inLoop()) {
        return loop;
      }
    }
    throw new IllegalStateException("called outside of the event loops");
  }

  /** One task for each loop, however many streams it has. */
  public void publish(ResourceUpdate update) {
    loops.forEach(loop -> loop.publish(update));
  }

  @Override
  public CompletableFuture<List<ConnectedClient>> all() {
    return ofAll(loop -> ClientListing.of(loop, ClientSession::snapshot));
  }

  @Override
  public CompletableFuture<List<ClientUse>> uses() {
    return ofAll(loop -> ClientListing.of(loop, ClientSession::use));
  }

  @Override
  public CompletableFuture<List<HeldResource>> resources(
      ConnectedClient client, ResourceType type) {
    ClientStreams.Client asked = new ClientStreams.Client(client.peer(), client.id());
    return ofAll(loop -> ResourceListing.of(loop, asked, type, HeldResources::names));
  }

  @Override
  public CompletableFuture<List<HeldResource>> resources(
      ConnectedClient client, ResourceType type, SortedSet<String> names) {
    ClientStreams.Client asked = new ClientStreams.Client(client.peer(), client.id());
    return ofAll(loop -> ResourceListing.of(loop, asked, type, held -> names));
  }

  private <T> CompletableFuture<List<T>> ofAll(
      Function<DeliveryLoop, CompletableFuture<List<T>>> listing) {
    CompletableFuture<List<T>> all = CompletableFuture.completedFuture(List.of());
    for (DeliveryLoop loop : loops) {
      all = all.thenCombine(listing.apply(loop), EventLoops::joined);
    }
    return all;
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Override
  public void close() {
    stop(boss);
    stop(workers);
  }

  private static void stop(EventLoopGroup group) {
    if (!group
        .shutdownGracefully(0, 1, TimeUnit.SECONDS)
        .awaitUninterruptibly(2, TimeUnit.SECONDS)) {
      LOG.warn("an event loop does not stop");
    }
  }
}
