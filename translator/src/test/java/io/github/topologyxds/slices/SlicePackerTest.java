package io.github.topologyxds.slices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How few slices a change writes, with three endpoints per slice. */
class SlicePackerTest {
  private static final SlicePlanner PLANNER =
      new SlicePlanner(
          new PlannerSettings(
              PlannerSettings.DEFAULT_MANAGED_BY,
              RandomWorld.INSTALLATION,
              3,
              AllowedAddresses.ALL));

  @Test
  void shouldFillSlicesOneAfterTheOther() {
    assertThat(sizes(running(8))).containsExactly(2, 3, 3);
  }

  @Test
  void shouldWriteOneSliceForOneEndpointThatGoesOrComes() {
    PlanningInput input = running(9);
    List<ExternalWorkload> fewer = new ArrayList<>(input.workloads());
    fewer.remove(4);
    PlanningInput less = ExampleService.with(input, fewer);
    ServicePlan gone = PLANNER.plan(less);
    assertThat(gone.update()).hasSize(1);
    assertThat(gone.create()).isEmpty();

    PlanningInput after = Applied.after(less, gone);
    ServicePlan back = PLANNER.plan(ExampleService.with(after, input.workloads()));
    assertThat(back.update()).hasSize(1);
    assertThat(back.create()).isEmpty();
    assertThat(back.delete()).isEmpty();
  }

  @Test
  void shouldExchangeAnEndpointInsideOneSlice() {
    PlanningInput input = running(9);
    List<ExternalWorkload> others = new ArrayList<>(input.workloads());
    others.set(4, ExampleService.workload(77, "a"));
    ServicePlan plan = PLANNER.plan(ExampleService.with(input, others));
    assertThat(plan.update()).hasSize(1);
    assertThat(plan.create()).isEmpty();
    assertThat(plan.delete()).isEmpty();
  }

  @Test
  void shouldDeleteWhatIsEmptyAndRebalanceNothing() {
    PlanningInput input = running(9);
    ServicePlan plan = PLANNER.plan(ExampleService.with(input, input.workloads().subList(0, 4)));
    assertThat(plan.delete()).hasSize(1);
    assertThat(plan.update()).hasSize(1);
    assertThat(plan.create()).isEmpty();
    assertThat(PLANNER.plan(ExampleService.with(input, List.of())).delete()).hasSize(3);
  }

  private static PlanningInput running(int endpoints) {
    List<String> zones = Stream.generate(() -> "a").limit(endpoints).toList();
    PlanningInput input = ExampleService.input(HintWish.OWN_ZONE, zones);
    return Applied.after(input, PLANNER.plan(input));
  }

  private static List<Integer> sizes(PlanningInput input) {
    List<Integer> sizes = new ArrayList<>();
    Applied.ours(input).forEach(slice -> sizes.add(slice.endpoints().size()));
    Collections.sort(sizes);
    return sizes;
  }
}
