package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.wire.NameLists;
import io.github.topologyxds.grpc.wire.RequestBuffer;
import io.github.topologyxds.grpc.wire.ResponseCache;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.GroupClock;
import io.github.topologyxds.session.SessionGroup;
import io.github.topologyxds.subscription.PushLimits;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop, and what the streams on it share. All but publish: on the loop only. */
public final class DeliveryLoop {
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
    public long epochMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public void after(long nanos, Runnable task) {
      DeliveryLoop.this.after(Duration.ofNanos(nanos), task);
    }
  }

  private final class LoopTimer implements Admission.Timer {
    @Override
    public void soon(Runnable task) {
      execute(task);
    }

    @Override
    public void after(long seconds, Runnable task) {
      DeliveryLoop.this.after(Duration.ofSeconds(seconds), task);
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

  /** Returns the sessions of the streams on this loop. */
  public SessionGroup sessions() {
    return sessions;
  }

  /** Returns the encoded responses that streams of this loop share. */
  public ResponseCache responses() {
    return responses;
  }

  Admission admission() {
    return admission;
  }

  /** Returns the lists of names that streams of this loop share. */
  public NameLists nameLists() {
    return nameLists;
  }

  /** Returns the memory that requests of this loop are read into, one after the other. */
  public RequestBuffer buffer() {
    return buffer;
  }

  /** Runs a task on the loop; never at once. Any thread. */
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server is stopping", e);
    }
  }

  /** Runs a task on the loop, later. */
  public void after(Duration delay, Runnable task) {
    var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Tells the streams of this loop. Any thread. */
  void publish(ResourceUpdate update) {
    execute(() -> sessions.published(update));
  }
}
