package io.github.topologyxds.slices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes although nothing is repaired: only what is gone, and only what was there. */
class WithdrawalTest {
  private static final SlicePlanner PLANNER =
      new SlicePlanner(PlannerSettings.allowing(AllowedAddresses.ALL));
  private static final PlanningInput INPUT =
      ExampleService.input(HintWish.NONE, List.of("a", "a", "b"));

  private final PlanningInput published = Applied.after(INPUT, PLANNER.plan(INPUT));
  private final DesiredAddresses before = PLANNER.plan(published).desired();

  private ServicePlan withdrawal(PlanningInput input) {
    return PLANNER.withdrawal(input, before, PLANNER.plan(input));
  }

  private static List<String> addresses(ServicePlan.Update update) {
    return update.content().endpoints().stream().map(PublishedEndpoint::address).toList();
  }

  /** Somebody puts another address where ours was. */
  private static PlanningInput edited(PlanningInput input, String from, String to) {
    List<ObservedSlice> slices = new ArrayList<>();
    for (ObservedSlice slice : input.slices()) {
      slices.add(
          new ObservedSlice(
              slice.identity(),
              slice.labels(),
              slice.annotations(),
              slice.owner(),
              slice.addressType(),
              slice.ports(),
              slice.endpoints().stream()
                  .map(endpoint ->
                      endpoint.address().equals(from)
                          ? new PublishedEndpoint(
                              List.of(to),
                              endpoint.conditions(),
                              endpoint.place(),
                              endpoint.target(),
                              endpoint.hints())
                          : endpoint)
                  .toList()));
    }
    return new PlanningInput(
        input.service(),
        input.workloads(),
        input.endpoints(),
        slices,
        input.nodes(),
        input.memory());
  }

  @Test
  void shouldTakeAwayWhatIsGoneAndRepairNothing() {
    PlanningInput fought = edited(published, "10.0.0.101", "10.9.9.9");
    assertThat(withdrawal(fought).isEmpty()).as("an edit alone").isTrue();

    ServicePlan gone = withdrawal(ExampleService.with(fought, INPUT.workloads().subList(0, 2)));
    assertThat(gone.create()).isEmpty();
    assertThat(gone.delete()).isEmpty();
    assertThat(gone.update()).hasSize(1);
    assertThat(addresses(gone.update().getFirst()))
        .containsExactlyInAnyOrder("10.9.9.9", "10.0.0.102");
  }

  @Test
  void shouldDeleteASliceThatHoldsNothingElse() {
    ServicePlan gone = withdrawal(ExampleService.with(published, List.of()));
    assertThat(gone.delete()).hasSize(1);
    assertThat(gone.update()).isEmpty();
  }

  @Test
  void shouldMarkWhatIsReadyNoMore() {
    List<ExternalWorkload> workloads = new ArrayList<>(INPUT.workloads());
    ExternalWorkload first = workloads.getFirst();
    workloads.set(
        0,
        new ExternalWorkload(
            first.name(),
            first.uid(),
            first.labels(),
            first.addresses(),
            first.ports(),
            first.zone(),
            "",
            "",
            false));
    ServicePlan gone = withdrawal(ExampleService.with(published, workloads));
    assertThat(gone.update()).hasSize(1);
    assertThat(gone.update().getFirst().content().endpoints())
        .filteredOn(endpoint -> !endpoint.ready())
        .extracting(PublishedEndpoint::address)
        .containsExactly("10.0.0.101");
  }

  @Test
  void shouldAddNothing() {
    List<ExternalWorkload> more = new ArrayList<>(INPUT.workloads());
    more.add(ExampleService.workload(9, "b"));
    assertThat(withdrawal(ExampleService.with(published, more)).isEmpty()).isTrue();
  }
}
