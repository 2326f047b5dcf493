package io.github.topologyxds.shiftstatus;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.lifecycle.Periodic;
import io.github.topologyxds.shifts.ShiftStatuses;
import io.github.topologyxds.shifts.ShiftStatuses.Change;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.shiftstatus.StatusTroubles.Cause;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.slices.lease.LeaseKeeper;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.lease.LeaseObject;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the status of ZonalShifts while this replica holds their Lease. It only tells: routing
 * goes by what the state thread has judged, whether anybody could write it down or not. The Lease
 * is asked for while there is something to write or to wait for, so that a cluster without shifts
 * sees no request of this.
 */
public final class ShiftStatusWriter implements LeaseKeeper.Candidate {
  private static final Logger LOG = LoggerFactory.getLogger(ShiftStatusWriter.class);

  /** Of one installation, in the namespace of its Pods; RBAC names it. */
  static final String LEASE_NAME = "topology-xds-zonal-shift";

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final WriteApi api;
  private final Shifts shifts;
  private final Clocks clocks;
  private final Fence fence;
  private final StatusTroubles troubles = new StatusTroubles();

  /** Owner: the thread "shift-status". */
  private final StatusBacklog backlog = new StatusBacklog();

  /**
   * What is told.
   *
   * @param verdict what they come to now
   * @param health of the watches that this comes from
   */
  public record Shifts(Supplier<ShiftVerdict> verdict, SourceHealth health) {
    /** Whether it is known: what a snapshot has kept is nobody's present. */
    boolean known() {
      return health.watches().stream().allMatch(WatchHealth::synced);
    }
  }

  /**
   * The monotonic clock, and the one whose time is written.
   *
   * @param nanos monotonic
   * @param wall what people read
   */
  record Clocks(LongSupplier nanos, InstantSource wall) {}

  ShiftStatusWriter(WriteApi api, Shifts shifts, Fence fence, Clocks clocks) {
    this.api = api;
    this.shifts = shifts;
    this.fence = fence;
    this.clocks = clocks;
  }

  /** Returns the Lease of those who run in a namespace. */
  public static LeaseName lease(String namespace) {
    return new LeaseName(namespace, LEASE_NAME);
  }

  /** Begins to wait for the Lease and for shifts; closing it ends both. */
  public static AutoCloseable start(WriteApi api, LeaseName lease, Shifts shifts) {
    Fence fence = new Fence(System::nanoTime);
    ShiftStatusWriter writer =
        new ShiftStatusWriter(
            api, shifts, fence, new Clocks(System::nanoTime, InstantSource.system()));
    LeaseKeeper keeper =
        new LeaseKeeper(
            api,
            new LeaseKeeper.Holder(
                lease, LeaseObject.newHolder(), "the status of ZonalShifts", "shift-lease"),
            writer,
            fence);
    keeper.start();
    Periodic looking = Periodic.every(LOOK, "shift-status", writer::step);
    return () -> {
      boolean ended = looking.finish(Fence.REQUEST_TIMEOUT);
      if (!ended) {
        looking.close();
      }
      keeper.close();
    };
  }

  @Override
  public boolean ready() {
    ShiftVerdict verdict = shifts.verdict().get();
    return shifts.known() && (!verdict.until().equals(Instant.MAX) || !changes(verdict).isEmpty());
  }

  @Override
  public void hindered(String trouble) {
    troubles.stands(Cause.LEASE, trouble, clocks.nanos().getAsLong());
  }

  @Override
  public void unhindered() {}

  /** Writes what is due, as far as this replica may. */
  void step() throws InterruptedException {
    if (fence.epoch().isEmpty() || !shifts.known()) {
      return;
    }
    List<Change> due = backlog.due(changes(shifts.verdict().get()), clocks.nanos().getAsLong());
    for (Change change : due) {
      if (fence.epoch().isPresent()) {
        write(change);
      }
    }
  }

  private List<Change> changes(ShiftVerdict verdict) {
    return ShiftStatuses.changes(verdict, clocks.wall().instant());
  }

  private void write(Change change) throws InterruptedException {
    Reply reply = api.send(StatusPatch.of(change));
    long now = clocks.nanos().getAsLong();
    String name = change.shift().name();
    if (reply.succeeded()) {
      backlog.written(change, now);
      LOG.info("ZonalShift {}: {} is written as its status", name, change.status().phase());
      return;
    }
    int failures = backlog.failed(change, reply.retryAfter(), now);
    boolean meanwhile = reply.status() == NOT_FOUND || reply.status() == CONFLICT;
    // Deleted, or made anew: the watch tells in a moment. Where it does not, the kind has no
    // status.
    if (!meanwhile || failures > 1) {
      troubles.stands(
          Cause.WRITE, "ZonalShift " + name + ": the API server " + reply.trouble(), now);
    }
  }
}
