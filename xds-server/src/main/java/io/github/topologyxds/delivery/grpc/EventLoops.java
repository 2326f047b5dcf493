package io.github.topologyxds.delivery.grpc;

import io.github.topologyxds.delivery.DeliveryMetrics;
import io.github.topologyxds.delivery.Publication;
import io.github.topologyxds.delivery.ResourceStore;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that carry the connections. A stream belongs to the one of its connection for life,
 * so its state needs no locks.
 */
final class EventLoops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

  private final EventLoopGroup boss;
  private final EventLoopGroup workers;
  private final List<DeliveryLoop> loops = new ArrayList<>();

  EventLoops(
      int count,
      SocketTransport sockets,
      ResourceStore store,
      DeliveryMetrics metrics,
      Duration window) {
    boss =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("xds-accept", true), sockets.handlers());
    workers =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("xds", true), sockets.handlers());
    for (EventExecutor executor : workers) {
      loops.add(new DeliveryLoop(executor, store, metrics, window));
    }
  }

  EventLoopGroup boss() {
    return boss;
  }

  EventLoopGroup workers() {
    return workers;
  }

  /** Returns the loop on whose thread this is called. */
  DeliveryLoop current() {
    for (DeliveryLoop loop : loops) {
      if (loop.inLoop()) {
        return loop;
      }
    }
    throw new IllegalStateException("called outside of the event loops");
  }

  /** One task for each loop, however many streams it has. */
  void publish(Publication publication) {
    loops.forEach(loop -> loop.publish(publication));
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
