package io.github.topologyxds.demand;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.lifecycle.Periodic;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.lease.LeaseObject;
import io.github.topologyxds.state.KnownDemand;
import io.github.topologyxds.topology.decision.NearUse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the demand on Services: counts what this replica's clients tell, tells it to the other
 * replicas where it matters, and hands on what all of them tell.
 */
public final class DemandKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(DemandKeeper.class);

  private final DemandBoard board;
  private final DemandCounter counter;
  private final Outlet outlet;
  private final Pace pace;
  private final InstantSource clock;
  private final long start;

  // Owner: the thread "demand".
  private final RipeRequests ripening;
  private KnownDemand handedOn = KnownDemand.NONE;

  /**
   * Where the demand goes.
   *
   * @param uses the Services that it matters to, at any time
   * @param sink takes what is known of it, in place of all before
   */
  public record Outlet(Supplier<Map<ObjectName, Set<NearUse>>> uses, Consumer<KnownDemand> sink) {}

  /**
   * How often it looks.
   *
   * @param interval between two looks
   * @param warmUp after a start clients come back one by one, and the first of them are no sample:
   *     for so long they are not counted
   */
  public record Pace(Duration interval, Duration warmUp) {
    /** Of a warm-up there are so many looks. */
    private static final int LOOKS = 6;

    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final Duration MIN_INTERVAL = Duration.ofMillis(500);

    /**
     * Returns the pace of clients that report their load so often, so that those who are there have
     * reported once.
     *
     * @param reports zero: never
     */
    public static Pace of(Duration reports) {
      Duration warmUp = reports.isZero() ? USUAL : reports;
      Duration interval = warmUp.dividedBy(LOOKS);
      return new Pace(interval.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : interval, warmUp);
    }
  }

  DemandKeeper(DemandBoard board, Surroundings around, InstantSource clock) {
    this.pace = around.pace();
    this.ripening = new RipeRequests(pace.warmUp().multipliedBy(2));
    this.board = board;
    this.counter = around.counter();
    this.outlet = around.outlet();
    this.clock = clock;
    this.start = seconds();
  }

  /**
   * Where the demand is counted, and where it goes.
   *
   * @param pace of the counting
   */
  public record Surroundings(DemandCounter counter, Outlet outlet, Pace pace) {}

  /** Begins to follow, with no other replicas to tell; closing what it returns ends that. */
  public static Periodic alone(Surroundings around) {
    return start(DemandBoard.alone(), around);
  }

  /** Begins to follow together with other replicas; closing what it returns ends that. */
  public static Periodic shared(
      Surroundings around, WriteApi api, CountedClients.OfAllReplicas replicas) {
    LeaseBoard.Holder holder = new LeaseBoard.Holder(replicas, LeaseObject.newHolder());
    return start(new LeaseBoard(api, holder, LeaseBoard.Clocks.system()), around);
  }

  private static Periodic start(DemandBoard board, Surroundings around) {
    DemandKeeper keeper = new DemandKeeper(board, around, InstantSource.system());
    return Periodic.every(around.pace().interval(), "demand", keeper::step);
  }

  /** Looks once. */
  void step() throws InterruptedException {
    try {
      follow();
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("the clients could not be counted; they are the next time", e);
    }
  }

  private void follow() throws InterruptedException, TimeoutException, ExecutionException {
    long now = seconds();
    StillDemand.Told told = board.told();
    Map<ObjectName, Set<NearUse>> uses = outlet.uses().get();
    // Counting asks every event loop: not where nobody wants to know.
    if (!uses.isEmpty() && now - start >= pace.warmUp().toSeconds()) {
      ReplicaDemand next =
          new StillDemand(uses).next(told, ripening.of(counter.now(uses.keySet(), now), now), now);
      if (!next.equals(told.own())) {
        board.tell(next);
        told = board.told();
      }
    }
    KnownDemand known = told.all().known();
    if (!known.equals(handedOn)) {
      outlet.sink().accept(known);
      handedOn = known;
    }
  }

  private long seconds() {
    return clock.instant().getEpochSecond();
  }
}
