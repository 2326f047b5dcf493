package io.github.topologyxds.slices;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.hints.ZoneShares;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mends what Kubernetes' allocator is known for: hints that go at the first scale-down below a
 * minimum and come back a moment later, and an Event at every failing sync. One for each Service
 * and family; immutable, and without a clock: whoever writes brings the time.
 *
 * @param enabled whether hints of Auto are in force
 * @param refusedSince since when counts have refused them without a break, in nanoseconds of the
 *     writer's monotonic clock; null when they do not
 * @param told what the last Event said; null when it said that hints are enabled, or none was sent
 */
public record HintStability(boolean enabled, @Nullable Long refusedSince, @Nullable Reason told) {
  /** How long counts must refuse hints before they go. */
  public static final Duration HOLD = Duration.ofSeconds(60);

  /** Nothing is known of the Service yet. */
  public static final HintStability NEW = new HintStability(false, null, null);

  /** What Kubernetes would say in an Event on the Service ({@code kubectl describe}). */
  public enum EventKind {
    TopologyAwareHintsEnabled,
    TopologyAwareHintsDisabled
  }

  /** An Event to send; {@code message} ends as Kubernetes' do, but for the address type. */
  public record HintEvent(EventKind kind, String message) {}

  /**
   * What follows from a decision.
   *
   * @param hold plan again with this family held ({@link PlanningInput.Memory#held()})
   * @param wakeAt when to plan again at the latest, on the same clock; null when time alone changes
   *     nothing
   */
  public record Step(
      HintStability next, boolean hold, @Nullable Long wakeAt, Optional<HintEvent> event) {}

  /** Returns the state of a Service whose slices were found with hints at a start. */
  public static HintStability foundWithHints() {
    return new HintStability(true, null, null);
  }

  /** Returns the state of a Service whose slices were found without hints at a start. */
  public static HintStability foundWithoutHints() {
    return new HintStability(false, null, null);
  }

  /**
   * Goes on.
   *
   * @param decision of a plan that held nothing
   * @param now nanoseconds of a monotonic clock
   */
  public Step after(HintDecision decision, long now) {
    return switch (decision) {
      case HintDecision.Allocated allocated ->
          new Step(
              new HintStability(true, null, null),
              false,
              null,
              enabled
                  ? Optional.empty()
                  : event(
                      EventKind.TopologyAwareHintsEnabled,
                      "Topology Aware Hints has been enabled"));
      case HintDecision.Refused refused -> refused(refused, now);
      case HintDecision.Held held -> refused(held.refusal(), now);
      case HintDecision.NotAsked none -> gone();
      case HintDecision.OwnPlace own -> gone();
      case HintDecision.LikeOthers others -> gone();
    };
  }

  private Step refused(HintDecision.Refused refused, long now) {
    if (enabled && refused.becauseOfCounts()) {
      long since = refusedSince == null ? now : refusedSince;
      if (now - since < HOLD.toNanos()) {
        HintStability waiting = new HintStability(true, since, null);
        return new Step(waiting, true, since + HOLD.toNanos(), Optional.empty());
      }
    }
    HintStability next = new HintStability(false, null, refused.reason());
    boolean news = enabled || told != refused.reason();
    Optional<HintEvent> event =
        news ? event(EventKind.TopologyAwareHintsDisabled, refused.message()) : Optional.empty();
    return new Step(next, false, null, event);
  }

  /** The annotation is gone, or another rule decides now. */
  private Step gone() {
    Optional<HintEvent> event =
        enabled
            ? event(EventKind.TopologyAwareHintsDisabled, "Topology Aware Hints has been disabled")
            : Optional.empty();
    return new Step(NEW, false, null, event);
  }

  /**
   * Whether a change of the Nodes is a reason to plan a Service again. Kubernetes looks only at
   * Services that have hints, and not at a change of CPU (endpointslice_controller.go updateNode).
   */
  public static boolean mustReplan(DesiredService service, ZoneShares before, ZoneShares now) {
    return service.hints() == HintWish.AUTO && !before.equals(now);
  }

  private static Optional<HintEvent> event(EventKind kind, String message) {
    return Optional.of(new HintEvent(kind, message));
  }
}
