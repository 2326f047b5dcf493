package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.events.ObjectEvent;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.slices.HintStability;
import io.github.topologyxds.slices.PlanningInput;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.SlicePlanner;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.ObservedSlice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans one Service with the memory of its hints: a refusal because of counts holds for a while
 * before the hints go.
 */
final class HintMemory {
  // Owner: the thread "slice-writer".
  private final Map<Family, HintStability> byFamily = new EnumMap<>(Family.class);

  /**
   * A plan, and what follows from its hints.
   *
   * @param wakeAt when to plan again at the latest; null when time alone changes nothing
   */
  record HintedPlan(ServicePlan plan, List<ObjectEvent> events, @Nullable Long wakeAt) {}

  HintedPlan plan(SlicePlanner planner, PlanningInput input, long now) {
    ServicePlan plan = planner.plan(input);
    Set<Family> held = EnumSet.noneOf(Family.class);
    List<ObjectEvent> events = new ArrayList<>();
    Long wakeAt = null;
    for (Map.Entry<Family, HintDecision> entry : plan.hints().entrySet()) {
      Family family = entry.getKey();
      HintStability known = byFamily.computeIfAbsent(family, f -> atStart(f, input));
      HintStability.Step step = known.after(entry.getValue(), now);
      byFamily.put(family, step.next());
      step.event()
          .ifPresent(event -> events.add(event(input.service().name(), family, event, now)));
      if (step.hold()) {
        held.add(family);
      }
      Long wake = step.wakeAt();
      if (wake != null && (wakeAt == null || wake - wakeAt < 0)) {
        wakeAt = wake;
      }
    }
    return new HintedPlan(
        held.isEmpty() ? plan : planner.plan(input.holding(held)), events, wakeAt);
  }

  /** Hints of ours that stand were given by a leader before us. */
  private static HintStability atStart(Family family, PlanningInput input) {
    boolean hinted =
        input.service().hints() == HintWish.AUTO
            && input.slices().stream()
                .filter(slice -> owns(input, slice))
                .filter(slice -> slice.addressType().name().equals(family.name()))
                .flatMap(slice -> slice.endpoints().stream())
                .anyMatch(endpoint -> !endpoint.hints().isEmpty());
    return hinted ? HintStability.foundWithHints() : HintStability.foundWithoutHints();
  }

  private static boolean owns(PlanningInput input, ObservedSlice slice) {
    ObservedSlice.Owner owner = slice.owner();
    return input.memory().known().contains(slice.identity().uid())
        && owner != null
        && owner.uid().equals(input.service().uid());
  }

  /** In Kubernetes' words; each time it changes is told, so that the time is part of it. */
  private static ObjectEvent event(
      ObjectName service, Family family, HintStability.HintEvent event, long now) {
    ObjectEvent.Kind kind =
        switch (event.kind()) {
          case TopologyAwareHintsEnabled -> ObjectEvent.Kind.Normal;
          case TopologyAwareHintsDisabled -> ObjectEvent.Kind.Warning;
        };
    String message = event.message() + ", addressType: " + family.label();
    return new ObjectEvent(
        ObjectKey.service(service), kind, event.kind().name(), message, Long.toString(now));
  }
}
