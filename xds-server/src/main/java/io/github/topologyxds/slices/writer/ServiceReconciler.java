package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.PlanningInput;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.SlicePlanner;
import io.github.topologyxds.slices.lease.Epoch;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the slices of one Service after the other to what their plans say.
 *
 * <p>Not thread-safe: owned by the thread "slice-writer".
 */
final class ServiceReconciler {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceReconciler.class);

  /** A watch that has not told of our own write after so long is not waited for blindly. */
  private static final long LOOK_AFTER = Duration.ofSeconds(10).toNanos();

  private final Surroundings around;
  private final SlicePlanner planner;
  private final PlanApplier applier;
  private final EventRecorder recorder;
  private final LongSupplier nanos;
  private final WorkQueue due = new WorkQueue();
  private final Map<ObjectName, ServiceWork> works = new HashMap<>();
  private final Outage outage = new Outage();
  private final UnwrittenServices unwritten;

  /** What is shared with the rest of the writer. */
  record Surroundings(
      WriterSettings settings,
      PlanningWorld world,
      WriteApi api,
      Fence fence,
      WriterMetrics metrics,
      WriterTroubles troubles) {}

  ServiceReconciler(Surroundings around, EventRecorder recorder) {
    this.around = around;
    this.planner = new SlicePlanner(around.settings().planner());
    this.applier =
        new PlanApplier(around.api(), around.fence(), around.world().slices(), around.metrics());
    this.recorder = recorder;
    this.unwritten = new UnwrittenServices(around.troubles());
    this.nanos = around.fence().clock();
  }

  /** A term begins: nothing that was known of our own writes counts any more. */
  void begin() {
    works.values().forEach(recorder::forget);
    works.clear();
    unwritten.clear();
    applier.begin();
    due.clear();
    due.add(around.world().services(), nanos.getAsLong());
  }

  /** Takes in what a batch concerns. */
  void changed(PlanningWorld.Effect effect) {
    SliceIndex slices = around.world().slices();
    for (SliceIndex.Change change : effect.slices()) {
      boolean isOurs = SliceIndex.Entry.isOurs(change.after());
      SliceIndex.Entry ours = isOurs ? change.after() : change.before();
      if (ours != null && (isOurs || SliceIndex.Entry.isOurs(ours))) {
        ObservedSlice slice = ours.slice();
        for (ObjectName service : slices.servicesOf(slice)) {
          Optional.ofNullable(works.get(service))
              .ifPresent(work -> work.seen(slice.name(), isOurs ? slice : null));
        }
      }
    }
    due.add(effect.services(), nanos.getAsLong());
  }

  boolean isDue() {
    long now = nanos.getAsLong();
    return outage.isOver(now) && due.isDue(now);
  }

  /** Looks at the next Service. */
  void next(Epoch epoch) throws InterruptedException {
    Optional<ObjectName> name = due.take(nanos.getAsLong());
    if (name.isPresent()) {
      Optional<DesiredService> service = around.world().service(name.get());
      if (service.isPresent()) {
        reconcile(service.get(), workOf(service.get()), epoch);
      } else {
        forget(name.get());
      }
    }
  }

  private void forget(ObjectName service) {
    ServiceWork work = works.remove(service);
    unwritten.remove(service);
    if (work != null) {
      recorder.forget(work);
    }
  }

  private ServiceWork workOf(DesiredService service) {
    ServiceWork known = works.get(service.name());
    if (known == null || !known.uid().equals(service.uid())) {
      forget(service.name());
      known = new ServiceWork(service.uid(), nanos.getAsLong());
      works.put(service.name(), known);
    }
    return known;
  }

  private void reconcile(DesiredService service, ServiceWork work, Epoch epoch)
      throws InterruptedException {
    long now = nanos.getAsLong();
    if (mustWait(service.name(), work, now)) {
      return;
    }
    PlanningInput input = around.world().input(service);
    HintMemory.HintedPlan hinted = work.hints().plan(planner, input, now);
    recorder.plan(service.name(), work, hinted);
    Long wakeAt = hinted.wakeAt();
    if (wakeAt != null) {
      due.add(service.name(), wakeAt);
    }
    ServicePlan plan = hinted.plan();
    if (plan.isEmpty()) {
      work.intact();
      settled(service.name(), work, plan);
    } else if (isPaused(service.name(), work, now) || !mayWrite(service.name(), work, now)) {
      withdraw(input, work, plan, epoch);
    } else if (write(service.name(), work, plan, epoch)) {
      settled(service.name(), work, plan);
    }
  }

  private void settled(ObjectName name, ServiceWork work, ServicePlan plan) {
    work.published(plan.desired());
    unwritten.remove(name);
  }

  private boolean isPaused(ObjectName name, ServiceWork work, long now) {
    Long until = work.guard().pausedUntil();
    boolean paused = until != null && work.guard().pausedAt(now);
    if (until != null && paused) {
      due.add(name, until);
    }
    return paused;
  }

  /** What is gone must not be routed to, whoever fights over the rest. */
  private void withdraw(PlanningInput input, ServiceWork work, ServicePlan plan, Epoch epoch)
      throws InterruptedException {
    ServicePlan withdrawal = planner.withdrawal(input, work.published(), plan);
    ObjectName name = input.service().name();
    long now = nanos.getAsLong();
    if (!withdrawal.isEmpty() && now - work.withdrawAt() < 0) {
      due.add(name, work.withdrawAt());
    } else if (!withdrawal.isEmpty()) {
      work.withdrew(now);
      write(name, work, withdrawal, epoch);
    }
  }

  private boolean mayWrite(ObjectName name, ServiceWork work, long now) {
    return !work.damaged() || mayRepair(name, work, now);
  }

  /** Our own writes are not seen yet, or it is too early for another. */
  private boolean mustWait(ObjectName name, ServiceWork work, long now)
      throws InterruptedException {
    if (!work.expected().isEmpty() && now - work.expectedSince() >= LOOK_AFTER) {
      applier.look(work);
      work.expectsSince(now);
    }
    if (!work.expected().isEmpty()) {
      due.add(name, work.expectedSince() + LOOK_AFTER);
    } else if (now - work.notBefore() < 0) {
      due.add(name, work.notBefore());
    } else {
      return false;
    }
    return true;
  }

  private boolean mayRepair(ObjectName name, ServiceWork work, long now) {
    return switch (work.guard().damaged(now)) {
      case RepairGuard.Verdict.Repair(RepairGuard next) -> {
        work.guard(next);
        work.intact();
        around.metrics().repaired();
        LOG.info("Service {}: somebody else has changed slices of ours; repaired", name);
        yield true;
      }
      case RepairGuard.Verdict.Wait(long until) -> {
        due.add(name, until);
        yield false;
      }
      case RepairGuard.Verdict.Pause(RepairGuard next, long until) -> {
        work.guard(next);
        around.metrics().paused();
        recorder.foughtOver(name, work, now);
        due.add(name, until);
        yield false;
      }
    };
  }

  /** Returns whether all of it is written. */
  private boolean write(ObjectName name, ServiceWork work, ServicePlan plan, Epoch epoch)
      throws InterruptedException {
    PlanApplier.Result result = applier.apply(plan, epoch, work);
    long now = nanos.getAsLong();
    work.expectsSince(now);
    if (!work.expected().isEmpty()) {
      // A slice that was created and deleted within one batch of the watch is never heard of.
      due.add(name, now + LOOK_AFTER);
    }
    switch (result.outcome()) {
      case DONE -> {
        work.succeeded();
        outage.end();
      }
      case TERMINATING -> LOG.debug("Service {}: its namespace goes", name);
      case OUTDATED, NOT_OURS, FENCED, OF_LATER_LEADER ->
          // The watch will say what has changed; should it have said so already, the time does.
          due.add(name, now + work.failed(Duration.ZERO).toNanos());
      case REFUSED -> {
        unwritten.add(name, result.reply().trouble());
        work.notBefore(now + work.failed(result.reply().retryAfter()).toNanos());
        due.add(name, work.notBefore());
      }
      case UNAVAILABLE -> {
        unwritten.add(name, result.reply().trouble());
        due.add(name, outage.prolong(now, result.reply().retryAfter()));
      }
    }
    return result.done();
  }
}
