package io.github.topologyxds.slices.writer;

import io.github.topologyxds.slices.ObservedSlice;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps EndpointSlices of our own as their plans say, while this replica holds the Lease. Every
 * replica follows the cluster, so that the next one can go on at once.
 */
public final class SliceWriter implements StateSink, LeaseKeeper.Candidate, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SliceWriter.class);

  private static final long TICK_MILLIS = 50;
  private static final int NO_TERM = -1;

  private final WriterSettings settings;
  private final Fence fence;
  private final Consumer<String> fatal;
  private final LeaseKeeper keeper;
  private final WriterMetrics metrics = new WriterMetrics();
  private final BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("slice-writer").unstarted(this::run);

  private volatile boolean closed;

  // Written by the thread "slice-writer", read by any.
  private volatile boolean ready;
  private volatile int epochFloor;

  // Owner: the thread "slice-writer".
  private final PlanningWorld world;
  private final ServiceReconciler services;
  private final ReadFindings findings;

  /** Of the last term, which may be over. */
  private int epoch = NO_TERM;

  private boolean leads;

  /**
   * What the writer needs of others.
   *
   * @param fatal takes the one line that says why the process must not go on
   * @param nanos the monotonic clock, {@link System#nanoTime()} but for tests
   */
  public record Surroundings(
      WriteApi api, ServiceEvent.Sink events, Consumer<String> fatal, LongSupplier nanos) {}

  private SliceWriter(WriterSettings settings, Surroundings around) {
    this.settings = settings;
    this.fatal = around.fatal();
    this.fence = new Fence(around.nanos());
    this.world = new PlanningWorld(settings.planner().managedBy());
    Announcements announcements = new Announcements(around.events(), metrics);
    this.findings = new ReadFindings(world, metrics, announcements);
    this.services =
        new ServiceReconciler(
            new ServiceReconciler.Surroundings(settings, world, around.api(), fence, metrics),
            announcements);
    LeaseKeeper.Holder holder = new LeaseKeeper.Holder(settings.lease(), identity());
    this.keeper = new LeaseKeeper(around.api(), holder, this, fence);
  }

  /** Begins to wait for the Lease and for what the cluster holds ({@link #accept}). */
  public static SliceWriter start(WriterSettings settings, Surroundings around) {
    SliceWriter writer = new SliceWriter(settings, around);
    writer.thread.start();
    writer.keeper.start();
    return writer;
  }

  /** Unique to the process: one that is started again must not take its own old Lease for good. */
  private static String identity() {
    String host = System.getenv().getOrDefault("HOSTNAME", "topology-xds");
    return host + "_" + UUID.randomUUID();
  }

  public WriterMetrics metrics() {
    return metrics;
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
  public int epochFloor() {
    return epochFloor;
  }

  private void run() {
    try {
      while (!closed) {
        try {
          takeIn();
          lead();
        } catch (RuntimeException e) {
          LOG.error("a defect of ours while writing EndpointSlices; the others go on", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop");
    }
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
      effect.slices().forEach(this::raiseFloor);
      if (epoch != NO_TERM) {
        services.changed(effect);
      }
    }
    if (world.complete() && !ready) {
      begin();
    }
  }

  private void raiseFloor(PlanningWorld.SliceChange change) {
    ObservedSlice after = change.after();
    if (after != null && world.slices().isOurs(after)) {
      epochFloor = Math.max(epochFloor, SliceRequests.epochOf(after.annotations()));
    }
  }

  /** Whose the slices under our managed-by are is asked before anything is written. */
  private void begin() {
    Optional<ObservedSlice> foreign =
        Installations.foreign(world.slices().withOurLabel(), settings.planner());
    if (foreign.isPresent()) {
      closed = true;
      fatal.accept(Installations.explain(foreign.get(), settings.planner()));
    } else {
      ready = true;
    }
  }

  private void lead() throws InterruptedException {
    OptionalInt term = fence.epoch();
    metrics.state(world.slices().ours(), term.isPresent());
    leads = ready && term.isPresent();
    if (!leads) {
      return;
    }
    if (term.orElseThrow() != epoch) {
      epoch = term.orElseThrow();
      LOG.info("writing EndpointSlices, leader epoch {}", epoch);
      services.begin();
    }
    if (services.isDue()) {
      services.next(epoch);
    }
  }

  /** Ends after the request that is under way, then gives the Lease back. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(Fence.REQUEST_TIMEOUT.plus(Duration.ofSeconds(1)))) {
        LOG.warn("the writer of EndpointSlices is still busy");
        fence.lost();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keeper.close();
  }
}
