package io.github.topologyxds.slices;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which a flag, a default or another installation could make somebody else's slice
 * ours. Each names our Service and holds an address that nobody wants, so that whoever took it for
 * ours would delete or change it.
 */
class OwnershipTest {
  private static final PlannerSettings SETTINGS = PlannerSettings.allowing(AllowedAddresses.ALL);
  private static final SlicePlanner PLANNER = new SlicePlanner(SETTINGS);
  private static final String OURS = PlannerSettings.DEFAULT_MANAGED_BY;
  private static final String ID = PlannerSettings.DEFAULT_INSTALLATION;
  private static final ObservedSlice.Owner OWNER = new ObservedSlice.Owner("cart", "uid-1");

  /** What a slice says of itself; one thing at a time lacks or is another's. */
  enum Way {
    KUBERNETES_OWN("endpointslice-controller.k8s.io", "", "uid-1"),
    MIRRORED_BY_KUBERNETES("endpointslicemirroring-controller.k8s.io", "", ""),
    BY_HAND("staff", "", ""),
    NO_LABEL("", "", "uid-1"),
    LABEL_IN_OTHER_CASE(PlannerSettings.DEFAULT_MANAGED_BY.toUpperCase(Locale.ROOT), "", "uid-1"),
    OUR_LABEL_ON_KUBERNETES_OWN(OURS, "", "uid-1"),
    OUR_LABEL_BY_HAND(OURS, "", ""),
    OUR_LABEL_AND_ID_BUT_NO_OWNER(OURS, ID, ""),
    OUR_ID_WITHOUT_OUR_LABEL("", ID, "uid-1"),
    OUR_ID_UNDER_ANOTHER_LABEL("somebody-else", ID, "uid-1"),
    OUR_ID_IN_OTHER_CASE(OURS, "Topology-xds/topology-xds", "uid-1"),
    OUR_ID_WITH_A_BLANK(OURS, ID + " ", "uid-1"),
    OTHER_LEASE_NAME(OURS, "topology-xds/other", "uid-1"),
    OTHER_LEASE_NAMESPACE(OURS, "infra/topology-xds", "uid-1"),
    SECOND_INSTALLATION_WITHOUT_OWNER(OURS, "infra/topology-xds", "");

    private final String managedBy;
    private final String installation;
    private final String ownerUid;

    Way(String managedBy, String installation, String ownerUid) {
      this.managedBy = managedBy;
      this.installation = installation;
      this.ownerUid = ownerUid;
    }

    ObservedSlice.@Nullable Owner owner() {
      return ownerUid.isEmpty() ? null : new ObservedSlice.Owner("cart", ownerUid);
    }
  }

  private static ObservedSlice slice(
      String managedBy, String installation, ObservedSlice.@Nullable Owner owner, String name) {
    TreeMap<String, String> labels = new TreeMap<>(Map.of(LabelNames.SERVICE_NAME, "cart"));
    if (!managedBy.isEmpty()) {
      labels.put(LabelNames.MANAGED_BY, managedBy);
    }
    TreeMap<String, String> annotations = new TreeMap<>();
    if (!installation.isEmpty()) {
      annotations.put(AnnotationNames.INSTALLATION, installation);
    }
    return new ObservedSlice(
        new ObservedSlice.Identity(new ObjectName("shop", name), "slice-" + name, "1"),
        labels,
        annotations,
        owner,
        AddressType.IPV4,
        List.of(new PublishedPort("http", 8080, Protocol.TCP, "")),
        List.of(
            new PublishedEndpoint(
                List.of("10.9.9.9"),
                Conditions.READY,
                new PublishedEndpoint.Place("", "", "a"),
                TargetRef.NONE,
                Hints.NONE)));
  }

  private static PlanningInput beside(ObservedSlice slice, Set<String> known) {
    PlanningInput input = ExampleService.input(HintWish.NONE, List.of("a"));
    return new PlanningInput(
        input.service(),
        input.workloads(),
        null,
        List.of(slice),
        input.nodes(),
        new PlanningInput.Memory(Set.of(), known));
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveAloneWhatLacksAnyOfTheThree(Way way) {
    ObservedSlice slice = slice(way.managedBy, way.installation, way.owner(), "theirs");
    ServicePlan plan = PLANNER.plan(beside(slice, Set.of()));
    assertThat(plan.update()).isEmpty();
    assertThat(plan.delete()).isEmpty();
    assertThat(plan.create()).as("the Service's own").hasSize(1);
    assertThat(PLANNER.withdrawal(beside(slice, Set.of()), plan.desired(), plan).isEmpty())
        .isTrue();
  }

  @Test
  void shouldWriteWhatHasAllThree() {
    ServicePlan plan = PLANNER.plan(beside(slice(OURS, ID, OWNER, "ours"), Set.of()));
    assertThat(plan.create()).isEmpty();
    assertThat(plan.update()).extracting(update -> update.slice().name().name()).contains("ours");
  }

  /** Its owner was a Service of this name, which is no more: nothing but ours, and stale. */
  @Test
  void shouldDeleteWhatIsOursAndOfAServiceOfBefore() {
    ObservedSlice.Owner before = new ObservedSlice.Owner("cart", "uid-0");
    ServicePlan plan = PLANNER.plan(beside(slice(OURS, ID, before, "stale"), Set.of()));
    assertThat(plan.delete()).extracting(slice -> slice.name().name()).containsExactly("stale");
  }

  @Test
  void shouldRepairWhatItKnewWhenSomebodyStripsWhatSaysIt() {
    Set<String> known = Set.of("slice-ours");
    ServicePlan stripped = PLANNER.plan(beside(slice(OURS, "", OWNER, "ours"), known));
    assertThat(stripped.update()).hasSize(1);
    assertThat(stripped.update().getFirst().content().annotations())
        .containsEntry(AnnotationNames.INSTALLATION, ID);
    ServicePlan unowned = PLANNER.plan(beside(slice(OURS, ID, null, "ours"), known));
    assertThat(unowned.delete()).hasSize(1);
    assertThat(unowned.create()).hasSize(1);
    ServicePlan handedOver = PLANNER.plan(beside(slice(OURS, "a/b", OWNER, "ours"), known));
    assertThat(handedOver.update()).isEmpty();
    assertThat(handedOver.delete()).isEmpty();
  }

  @Test
  void shouldNotPublishTwiceWhatAStrangerPublishes() {
    ObservedSlice foreign = slice(OURS, "a/b", OWNER, "theirs");
    PlanningInput input = beside(foreign, Set.of());
    ExternalWorkload same = ExampleService.workload(1, "a");
    ExternalWorkload wanted =
        new ExternalWorkload(
            same.name(),
            same.uid(),
            same.labels(),
            List.of("10.9.9.9"),
            same.ports(),
            same.zone(),
            "",
            "",
            true);
    ServicePlan plan = PLANNER.plan(ExampleService.with(input, List.of(wanted)));
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.findings())
        .extracting(finding -> finding.reason())
        .containsExactly(Reason.ADDRESS_OF_ANOTHER_MANAGER);
  }

  @Test
  void shouldNameTheFirstStrangerAndTheirNumber() {
    List<ObservedSlice> foreign =
        List.of(
            slice(OURS, "a/b", OWNER, "s-2"),
            slice(OURS, "a/b", null, "s-1"),
            slice(OURS, "", OWNER, "s-4"),
            slice(OURS, ID, null, "s-3"),
            slice(OURS, "", null, "s-5"));
    var findings = new ForeignSlices(SETTINGS).findings(foreign);
    assertThat(findings)
        .extracting(finding -> finding.reason() + " " + finding.object())
        .containsExactly(
            "SLICE_UNCLAIMED EndpointSlice shop/s-3",
            "SLICE_OF_ANOTHER_INSTALLATION EndpointSlice shop/s-1");
    assertThat(findings.getFirst().message()).contains("first of 3", "owner");
    assertThat(findings.getLast().message())
        .contains("first of 2", "slices adopt --from a/b", "slices prune --from a/b");
  }
}
