package io.github.topologyxds.slices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The best of equal addresses is published, by the rule of routing, and the others are told of. */
class DuplicateOffersTest {
  private static final SlicePlanner PLANNER =
      new SlicePlanner(PlannerSettings.allowing(AllowedAddresses.ALL));

  private enum Health {
    READY,
    NOT_READY
  }

  private static ExternalWorkload workload(String name, Health health, String... addresses) {
    ExternalWorkload plain = ExampleService.workload(1, "a");
    return new ExternalWorkload(
        new ObjectName("shop", name),
        "uid-" + name,
        plain.labels(),
        List.of(addresses),
        List.of(),
        "a",
        "",
        "",
        health == Health.READY);
  }

  private static ServicePlan plan(ExternalWorkload... workloads) {
    PlanningInput input = ExampleService.input(HintWish.NONE, List.of("a"));
    return PLANNER.plan(ExampleService.with(input, List.of(workloads)));
  }

  private static List<String> published(ServicePlan plan) {
    return plan.create().stream()
        .flatMap(content -> content.endpoints().stream())
        .map(endpoint -> endpoint.target().name() + " " + endpoint.ready())
        .toList();
  }

  @Test
  void shouldPreferTheReadyOneWhateverItsName() {
    ServicePlan plan =
        plan(workload("a", Health.NOT_READY, "10.0.0.1"), workload("b", Health.READY, "10.0.0.1"));
    assertThat(published(plan)).containsExactly("b true");
    assertThat(plan.findings())
        .extracting(finding -> finding.reason() + " " + finding.object())
        .containsExactly("ENDPOINT_DUPLICATE ExternalWorkload shop/a");
  }

  @Test
  void shouldPreferTheLowestNameOfEquals() {
    ServicePlan plan =
        plan(workload("b", Health.READY, "10.0.0.1"), workload("a", Health.READY, "10.0.0.1"));
    assertThat(published(plan)).containsExactly("a true");
  }

  /** The same address, spelled twice. */
  @Test
  void shouldSayWhenOneObjectNamesAnAddressTwice() {
    PlanningInput input = ExampleService.input(HintWish.NONE, List.of("a"));
    DesiredService service = input.service();
    DesiredService ipv6 =
        new DesiredService(
            service.name(),
            service.uid(),
            service.selector(),
            service.ports(),
            List.of(Family.IPV6),
            service.hints(),
            service.traits());
    ServicePlan plan =
        PLANNER.plan(
            new PlanningInput(
                ipv6,
                List.of(workload("a", Health.READY, "fd00::1", "fd00:0::1", "fd00::1")),
                null,
                List.of(),
                input.nodes(),
                input.memory()));
    assertThat(published(plan)).containsExactly("a true");
    assertThat(plan.findings())
        .extracting(Finding::reason)
        .containsOnly(Reason.ENDPOINT_DUPLICATE)
        .isNotEmpty();
  }

  @Test
  void shouldHoldWithoutPortsToo() {
    PlanningInput input = ExampleService.input(HintWish.NONE, List.of("a"));
    DesiredService service = input.service();
    DesiredService portless =
        new DesiredService(
            service.name(),
            service.uid(),
            service.selector(),
            List.of(),
            service.families(),
            service.hints(),
            Set.of(DesiredService.Trait.HEADLESS));
    ServicePlan plan =
        PLANNER.plan(
            new PlanningInput(
                portless,
                List.of(
                    workload("a", Health.NOT_READY, "10.0.0.1"),
                    workload("b", Health.READY, "10.0.0.1")),
                null,
                List.of(),
                input.nodes(),
                input.memory()));
    assertThat(published(plan)).containsExactly("b true");
    assertThat(plan.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.ENDPOINT_DUPLICATE);
  }

  /** An Endpoints object may hold an address in two subsets, ready in one of them. */
  @Test
  void shouldPreferTheReadySubsetOfOneObject() {
    PlanningInput input = ExampleService.input(HintWish.NONE, List.of("a"));
    DesiredService service = input.service();
    DesiredService mirrored =
        new DesiredService(
            service.name(),
            service.uid(),
            new TreeMap<>(),
            service.ports(),
            service.families(),
            service.hints(),
            Set.of(DesiredService.Trait.MIRRORED));
    List<PublishedPort> ports = List.of(new PublishedPort("http", 8080, Protocol.TCP, ""));
    LegacyEndpoints.Address address =
        new LegacyEndpoints.Address("10.0.0.1", "", "", TargetRef.NONE);
    LegacyEndpoints endpoints =
        new LegacyEndpoints(
            service.name(),
            true,
            List.of(
                new LegacyEndpoints.Subset(List.of(), List.of(address), ports),
                new LegacyEndpoints.Subset(List.of(address), List.of(), ports)));
    ServicePlan plan =
        PLANNER.plan(
            new PlanningInput(
                mirrored, List.of(), endpoints, List.of(), input.nodes(), input.memory()));
    assertThat(published(plan)).containsExactly(" true");
    assertThat(plan.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.ENDPOINT_DUPLICATE);
  }
}
