package io.github.topologyxds.slices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.HintStability.EventKind;
import io.github.topologyxds.slices.HintStability.Step;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.hints.ZoneShares;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The gaps of Kubernetes' allocator that are mended above it; time is a number here. */
class HintStabilityTest {
  private static final HintDecision ALLOCATED = new HintDecision.Allocated();
  private static final HintDecision.Refused COUNTS =
      new HintDecision.Refused(Reason.HINTS_OVERLOAD, "too few (5 endpoints, 3 zones)");
  private static final HintDecision.Refused NODES =
      new HintDecision.Refused(Reason.HINTS_NODES_INSUFFICIENT, "Nodes");
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldHoldARefusalBecauseOfCountsForAMinute() {
    HintStability enabled = HintStability.NEW.after(ALLOCATED, 0).next();
    Step first = enabled.after(COUNTS, 10 * SECOND);
    assertThat(first.hold()).isTrue();
    assertThat(first.wakeAt()).isEqualTo(70 * SECOND);
    assertThat(first.event()).isEmpty();
    Step later = first.next().after(new HintDecision.Held(COUNTS), 69 * SECOND);
    assertThat(later.hold()).isTrue();
    Step over = later.next().after(COUNTS, 70 * SECOND);
    assertThat(over.hold()).isFalse();
    assertThat(over.event())
        .hasValueSatisfying(
            event -> assertThat(event.kind()).isEqualTo(EventKind.TopologyAwareHintsDisabled));
  }

  @Test
  void shouldForgetARefusalThatWentAway() {
    HintStability enabled = HintStability.foundWithHints();
    HintStability waiting = enabled.after(COUNTS, 0).next();
    Step back = waiting.after(ALLOCATED, 30 * SECOND);
    assertThat(back.event()).isEmpty();
    assertThat(back.next().after(COUNTS, 80 * SECOND).hold()).isTrue();
  }

  @Test
  void shouldNotHoldWhatIsNoMatterOfCounts() {
    Step step = HintStability.foundWithHints().after(NODES, 0);
    assertThat(step.hold()).isFalse();
    assertThat(step.event()).isPresent();
  }

  @Test
  void shouldTellOnlyWhatIsNew() {
    Step first = HintStability.NEW.after(COUNTS, 0);
    assertThat(first.hold()).isFalse();
    assertThat(first.event()).isPresent();
    HintDecision.Refused otherCount =
        new HintDecision.Refused(Reason.HINTS_OVERLOAD, "too few (4 endpoints, 3 zones)");
    assertThat(first.next().after(otherCount, 1).event()).isEmpty();
    assertThat(first.next().after(NODES, 1).event()).isPresent();
    assertThat(first.next().after(new HintDecision.NotAsked(), 1).event()).isEmpty();
    assertThat(HintStability.foundWithHints().after(new HintDecision.NotAsked(), 1).event())
        .isPresent();
  }

  @Test
  void shouldLookAgainWhenCpuChangesOrANodeBecomesGood() {
    DesiredService auto = ExampleService.asking(HintWish.AUTO);
    ZoneShares before = shares(4000, 4000);
    assertThat(HintStability.mustReplan(auto, before, shares(4000, 8000))).isTrue();
    assertThat(HintStability.mustReplan(auto, ZoneShares.UNKNOWN, before)).isTrue();
    assertThat(HintStability.mustReplan(auto, before, shares(8000, 8000))).isFalse();
    DesiredService own = ExampleService.asking(HintWish.OWN_ZONE);
    assertThat(HintStability.mustReplan(own, before, shares(1, 2))).isFalse();
  }

  @Test
  void shouldKeepEveryReadyEndpointHintedWhileItHolds() {
    PlanningInput input = ExampleService.input(HintWish.AUTO, List.of("a", "a", "b", "b"));
    SlicePlanner planner = new SlicePlanner(PlannerSettings.allowing(AllowedAddresses.ALL));
    PlanningInput before = Applied.after(input, planner.plan(input));
    PlanningInput fewer =
        ExampleService.with(before, ExampleService.workloads(List.of("a", "a", "b")));
    ServicePlan atOnce = planner.plan(fewer);
    assertThat(atOnce.update()).hasSize(1);
    assertThat(atOnce.hints().toString()).contains("HINTS_OVERLOAD");
    assertThat(zones(Applied.after(fewer, atOnce))).isEmpty();
    PlanningInput held = ExampleService.held(fewer);
    assertThat(zones(Applied.after(held, planner.plan(held)))).isEqualTo(Map.of("a", 2, "b", 1));
  }

  private static Map<String, Integer> zones(PlanningInput input) {
    Map<String, Integer> zones = new TreeMap<>();
    for (ObservedSlice slice : Applied.ours(input)) {
      for (PublishedEndpoint endpoint : slice.endpoints()) {
        endpoint.hints().zones().forEach(zone -> zones.merge(zone, 1, Integer::sum));
      }
    }
    return zones;
  }

  private static ZoneShares shares(long a, long b) {
    return ZoneShares.of(
        List.of(
            new NodeCapacity("a1", "a", true, false, a),
            new NodeCapacity("b1", "b", true, false, b)));
  }
}
