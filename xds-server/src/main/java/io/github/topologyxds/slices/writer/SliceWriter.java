package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.events.ObjectEvent;
import io.github.topologyxds.lifecycle.OwnerThread;
import io.github.topologyxds.slices.lease.Epoch;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.slices.lease.LeaseKeeper;
import io.github.topologyxds.slices.lease.LeaseObject;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps EndpointSlices of our own as their plans say, while this replica holds the Lease. Every
 * replica follows the cluster, so that the next one can go on at once.
 */
public final class SliceWriter implements StateSink, LeaseKeeper.Candidate, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SliceWriter.class);

  private static final long TICK_MILLIS = 50;

  private final Fence fence;
  private final LeaseKeeper keeper;
  private final WriterMetrics metrics = new WriterMetrics();
  private final WriterTroubles troubles = new WriterTroubles();
  private final BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
  private final OwnerThread thread = OwnerThread.platform("slice-writer", this::run);

  // Written by the thread "slice-writer", read by any.
  private volatile boolean ready;

  // Owner: the thread "slice-writer".
  private final PlanningWorld world;
  private final ServiceReconciler services;
  private final ReadFindings findings;
  private final ForeignSliceReports foreignSlices;

  /** The epoch of this replica's last term as leader, which may be over. */
  private @Nullable Epoch epoch;

  private boolean leads;
  private boolean broken;

  /**
   * What the writer needs of others.
   *
   * @param nanos the monotonic clock, {@link System#nanoTime()} but for tests
   */
  public record Surroundings(WriteApi api, ObjectEvent.Sink events, LongSupplier nanos) {}

  private SliceWriter(WriterSettings settings, Surroundings around) {
    this.fence = new Fence(around.nanos());
    this.world = new PlanningWorld(settings.planner());
    EventRecorder recorder = new EventRecorder(around.events(), metrics);
    this.findings = new ReadFindings(world, metrics, recorder);
    this.foreignSlices = new ForeignSliceReports(settings.planner(), metrics, recorder);
    this.services =
        new ServiceReconciler(
            new ServiceReconciler.Surroundings(
                settings, world, around.api(), fence, metrics, troubles),
            recorder);
    LeaseKeeper.Holder holder =
        new LeaseKeeper.Holder(
            settings.lease(), LeaseObject.newHolder(), "EndpointSlices", "slice-lease");
    this.keeper = new LeaseKeeper(around.api(), holder, this, fence);
  }

  /** Begins to wait for the Lease and for what the cluster holds ({@link #accept}). */
  public static SliceWriter start(WriterSettings settings, Surroundings around) {
    SliceWriter writer = new SliceWriter(settings, around);
    writer.thread.start();
    writer.keeper.start();
    return writer;
  }

  /** Returns what the writer counts. */
  public WriterMetrics metrics() {
    return metrics;
  }

  /**
   * Returns what stands in the way of writing.
   *
   * @param planning the watches that slices are made from
   */
  public WriterTroubles troubles(SourceHealth planning) {
    troubles.follow(planning);
    return troubles;
  }

  @Override
  public void accept(StateChange change) {
    changes.add(change);
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public void hindered(String trouble) {
    troubles.stands(WriterTroubles.Cause.LEASE, trouble);
  }

  @Override
  public void unhindered() {
    troubles.isOver(WriterTroubles.Cause.LEASE);
  }

  private void run() throws InterruptedException {
    while (!thread.stops()) {
      takeInSafely();
      leadSafely();
    }
  }

  /**
   * Whoever has lost a batch plans from what is not so: nothing is written any more. The process
   * goes on, as Envoys are served from elsewhere.
   */
  private void takeInSafely() throws InterruptedException {
    if (broken) {
      changes.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    try {
      takeIn();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("a defect of ours: no EndpointSlice is written until the process starts anew", e);
      troubles.stands(WriterTroubles.Cause.DEFECT, "until the process starts anew, " + cause(e));
      broken = true;
      ready = false;
      leads = false;
      metrics.follows(world.slices().ours());
    }
  }

  private void leadSafely() throws InterruptedException {
    try {
      foreignSlices.look(world.slices(), fence.clock().getAsLong());
      troubles.say(fence.clock().getAsLong());
      if (!broken) {
        lead();
      }
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("a defect of ours while writing EndpointSlices; the others go on", e);
      troubles.stands(WriterTroubles.Cause.DEFECT, "for one Service or more, " + cause(e));
    }
  }

  private static String cause(Throwable defect) {
    return "a defect of ours (" + defect.getClass().getSimpleName() + "), see the log";
  }

  private void takeIn() throws InterruptedException {
    boolean busy = leads && services.isDue();
    StateChange first = changes.poll(busy ? 0 : TICK_MILLIS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    List<StateChange> batch = new ArrayList<>();
    batch.add(first);
    changes.drainTo(batch);
    for (StateChange change : batch) {
      PlanningWorld.Effect effect = world.apply(change);
      findings.replace(change.findings());
      if (!effect.slices().isEmpty()) {
        foreignSlices.changed();
      }
      if (epoch != null) {
        services.changed(effect);
      }
    }
    ready = world.complete();
  }

  private void lead() throws InterruptedException {
    Optional<Epoch> term = fence.epoch();
    if (term.isPresent()) {
      metrics.leads(world.slices().ours());
    } else {
      metrics.follows(world.slices().ours());
    }
    leads = ready && term.isPresent();
    if (!leads) {
      return;
    }
    Epoch now = term.orElseThrow();
    if (!now.equals(epoch)) {
      epoch = now;
      LOG.info("writing EndpointSlices, leader epoch {}", now);
      services.begin();
    }
    if (services.isDue()) {
      services.next(now);
    }
  }

  /** Ends after the request that is under way, then gives the Lease back. */
  @Override
  public void close() {
    thread.stop();
    if (!thread.ends(Fence.REQUEST_TIMEOUT.plus(Duration.ofSeconds(1)))) {
      LOG.warn("the writer of EndpointSlices is still busy");
      fence.lost();
    }
    keeper.close();
  }
}
