package io.github.topologyxds.delivery.grpc;

import io.github.topologyxds.delivery.DeliveryMetrics;
import io.github.topologyxds.delivery.GroupClock;
import io.github.topologyxds.delivery.Publication;
import io.github.topologyxds.delivery.PushLimits;
import io.github.topologyxds.delivery.ResourceStore;
import io.github.topologyxds.delivery.SessionGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop, and what the streams on it share. All but publish: on the loop only. */
final class DeliveryLoop {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

  private final EventExecutor executor;
  private final SessionGroup sessions;
  private final ResponseCache responses = new ResponseCache();
  private final NameLists nameLists = new NameLists();
  private final RequestBuffer buffer = new RequestBuffer();
  private final Admission admission = new Admission(new LoopTimer());

  private final class LoopClock implements GroupClock {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void after(long nanos, Runnable task) {
      var unused = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private final class LoopTimer implements Admission.Timer {
    @Override
    public void soon(Runnable task) {
      execute(task);
    }

    @Override
    public void after(long seconds, Runnable task) {
      var unused = executor.schedule(task, seconds, TimeUnit.SECONDS);
    }
  }

  DeliveryLoop(
      EventExecutor executor, ResourceStore store, DeliveryMetrics metrics, PushLimits limits) {
    this.executor = executor;
    this.sessions = new SessionGroup(store, metrics, new LoopClock(), limits);
  }

  boolean inLoop() {
    return executor.inEventLoop();
  }

  SessionGroup sessions() {
    return sessions;
  }

  ResponseCache responses() {
    return responses;
  }

  Admission admission() {
    return admission;
  }

  NameLists nameLists() {
    return nameLists;
  }

  RequestBuffer buffer() {
    return buffer;
  }

  /** Runs a task on the loop; never at once. Any thread. */
  void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server is stopping", e);
    }
  }

  /** Runs a task on the loop, later. */
  void after(Duration delay, Runnable task) {
    var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Tells the streams of this loop. Any thread. */
  void publish(Publication publication) {
    execute(() -> sessions.published(publication));
  }
}
