package io.github.topologyxds.slices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.hints.OwnPlace;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.topology.address.IpLiteral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every plan, whoever published what before. */
class SlicePlannerPropertiesTest {
  private static final int MAX_ENDPOINTS = 3;
  private static final SlicePlanner PLANNER =
      new SlicePlanner(
          new PlannerSettings(
              PlannerSettings.DEFAULT_MANAGED_BY,
              RandomWorld.INSTALLATION,
              MAX_ENDPOINTS,
              AllowedAddresses.ALL));

  @Property(tries = 5000)
  void shouldHaveNothingLeftToDoOnceApplied(@ForAll long seed) {
    PlanningInput input = new RandomWorld(seed).input();
    PlanningInput after = Applied.after(input, PLANNER.plan(input));
    ServicePlan again = PLANNER.plan(after);
    assertThat(again.create()).isEmpty();
    assertThat(again.update()).isEmpty();
    assertThat(again.delete()).isEmpty();
  }

  @Property(tries = 5000)
  void shouldHaveNothingLeftToDoForServicesOfOurs(@ForAll long seed) {
    PlanningInput input = new RandomWorld(seed).oursAlone();
    PlanningInput after = Applied.after(input, PLANNER.plan(input));
    assertThat(PLANNER.plan(after).isEmpty()).isTrue();
  }

  @Property(tries = 3000)
  void shouldNeverTouchASliceOfAnotherManager(@ForAll long seed) {
    PlanningInput input = new RandomWorld(seed).input();
    ServicePlan plan = PLANNER.plan(input);
    Set<ObservedSlice.Identity> ours =
        Applied.ours(input).stream().map(ObservedSlice::identity).collect(Collectors.toSet());
    assertThat(plan.update()).allMatch(update -> ours.contains(update.slice()));
    assertThat(ours).containsAll(plan.delete());
  }

  @Property(tries = 3000)
  void shouldPublishEachEndpointOnceAndNoneOfAnotherManager(@ForAll long seed) {
    PlanningInput input = new RandomWorld(seed).input();
    PlanningInput after = Applied.after(input, PLANNER.plan(input));
    List<String> published = ipPorts(Applied.ours(after));
    assertThat(published).doesNotHaveDuplicates();
    List<ObservedSlice> others = new ArrayList<>(after.slices());
    others.removeAll(Applied.ours(after));
    Set<String> theirs = new HashSet<>(ipPorts(others));
    assertThat(published).noneMatch(theirs::contains);
    Set<String> covered = new HashSet<>(theirs);
    covered.addAll(published);
    for (ExternalWorkload workload : input.workloads()) {
      if (input.service().selects(workload.labels())) {
        assertThat(covered).containsAll(adminPorts(input, workload));
      }
    }
  }

  /** Every selected workload of a family that the Service has answers on the numbered port. */
  private static List<String> adminPorts(PlanningInput input, ExternalWorkload workload) {
    List<String> expected = new ArrayList<>();
    for (Family family : input.service().families()) {
      for (String address : workload.addresses()) {
        IpLiteral.canonical(address, family).ifPresent(ip -> expected.add(ip + " 9000"));
      }
    }
    return expected;
  }

  @Property(tries = 3000)
  void shouldKeepItsLimitsAndSayEverything(@ForAll long seed) {
    PlanningInput input = new RandomWorld(seed).input();
    for (ObservedSlice slice : Applied.ours(Applied.after(input, PLANNER.plan(input)))) {
      assertThat(slice.endpoints()).hasSizeBetween(1, MAX_ENDPOINTS);
      assertThat(slice.labels()).containsEntry(LabelNames.SERVICE_NAME, "cart");
      assertThat(slice.owner()).isEqualTo(new ObservedSlice.Owner("cart", RandomWorld.UID));
      for (PublishedEndpoint endpoint : slice.endpoints()) {
        assertThat(endpoint.addresses()).hasSize(1);
        assertThat(endpoint.conditions()).isIn(Conditions.READY, Conditions.NOT_READY);
        assertThat(endpoint.hints().zones().size()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Property(tries = 3000)
  void shouldHintAsTheServiceWishes(@ForAll long seed) {
    RandomWorld world = new RandomWorld(seed);
    PlanningInput input = world.oursAlone();
    PlanningInput after = Applied.after(input, PLANNER.plan(input));
    for (Family family : Family.values()) {
      List<PublishedEndpoint> ready =
          Applied.ours(after).stream()
              .filter(slice -> slice.addressType() == type(family))
              .flatMap(slice -> slice.endpoints().stream())
              .filter(PublishedEndpoint::ready)
              .toList();
      long hinted = ready.stream().filter(e -> !e.hints().zones().isEmpty()).count();
      switch (world.wish()) {
        case NONE -> assertThat(ready).allMatch(endpoint -> endpoint.hints().isEmpty());
        case AUTO -> assertThat(hinted).isIn(0L, (long) ready.size());
        case OWN_ZONE -> assertThat(ready).allMatch(e -> OwnPlace.ZONE.hint(e).equals(e));
        case OWN_ZONE_AND_NODE ->
            assertThat(ready).allMatch(e -> OwnPlace.ZONE_AND_NODE.hint(e).equals(e));
      }
    }
  }

  @Property(tries = 2000)
  void shouldPlanTheSameWhateverTheOrderOfTheInput(@ForAll long seed) {
    RandomWorld world = new RandomWorld(seed);
    PlanningInput input = world.input();
    assertThat(PLANNER.plan(world.shuffled(input, seed))).isEqualTo(PLANNER.plan(input));
  }

  private static AddressType type(Family family) {
    return switch (family) {
      case IPV4 -> AddressType.IPV4;
      case IPV6 -> AddressType.IPV6;
    };
  }

  private static List<String> ipPorts(List<ObservedSlice> slices) {
    List<String> all = new ArrayList<>();
    for (ObservedSlice slice : slices) {
      for (PublishedEndpoint endpoint : slice.endpoints()) {
        slice.ports().forEach(port -> all.add(endpoint.address() + " " + port.number()));
      }
    }
    return all;
  }
}
