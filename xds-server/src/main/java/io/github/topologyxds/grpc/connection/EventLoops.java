package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.subscription.PushLimits;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that carry the connections. A stream belongs to the one of its connection for life,
 * so its state needs no locks.
 */
public final class EventLoops implements AutoCloseable {
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
  public void publish(ResourceUpdate publication) {
    loops.forEach(loop -> loop.publish(publication));
  }

  /**
   * Returns who is connected, in no order. It completes on one of the loops, and never once they
   * are closed.
   */
  public CompletableFuture<List<ConnectedClient>> clients() {
    CompletableFuture<List<ConnectedClient>> all = CompletableFuture.completedFuture(List.of());
    for (DeliveryLoop loop : loops) {
      all = all.thenCombine(ClientListing.of(loop), EventLoops::joined);
    }
    return all;
  }

  private static List<ConnectedClient> joined(
      List<ConnectedClient> some, List<ConnectedClient> more) {
    List<ConnectedClient> all = new ArrayList<>(some);
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
