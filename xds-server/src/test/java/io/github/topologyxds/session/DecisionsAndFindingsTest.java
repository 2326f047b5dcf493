package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.admin.Metrics;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is told of Services, of what is given and of what is odd, is true and is told everywhere.
 */
class DecisionsAndFindingsTest {
  private static final String CART = SmallWorld.cluster("cart");
  private static final ClientView NEAR = new ClientView("", "zone-a", null);
  private static final ClientView FAR = new ClientView("node-9", "zone-c", null);

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final List<Finding> told = new ArrayList<>();

  @Test
  void aServiceCountsOnceForEachReasonThatClientsWereGiven() {
    put(SmallWorld.service("cart"), SmallWorld.slice("cart", "zone-a", "10.0.0.1"));
    assertThat(counts()).isEmpty();
    for (ClientView view : List.of(NEAR, NEAR, FAR, new ClientView("node-8", "zone-d", null))) {
      store.assignment(CART, view);
    }
    assertThat(counts()).containsExactly("TRAFFIC_DISTRIBUTION 1", "NO_NEAR_ENDPOINT 1");
  }

  @Test
  void whenTheServiceChangesItCountsAsItIsGivenAgain() {
    put(SmallWorld.service("cart"), SmallWorld.slice("cart", "zone-a", "10.0.0.1"));
    store.assignment(CART, NEAR);
    put(SmallWorld.service("cart"));
    store.assignment(CART, NEAR);
    assertThat(counts()).containsExactly("NO_SLICE 1");
    store.put(List.of(), List.of(new ObjectName("shop", "cart")));
    assertThat(counts()).isEmpty();
  }

  @Test
  void aDecisionIsNoFindingAndAFindingNoDecision() {
    put(SmallWorld.service("cart"), SmallWorld.slice("cart", "zone-a", "10.0.0.1"));
    store.assignment(CART, NEAR);
    List<String> scraped = new Metrics(store, new DeliveryMetrics()).scrape().lines().toList();
    assertThat(scraped)
        .contains(
            "topology_xds_services{reason=\"TRAFFIC_DISTRIBUTION\"} 1.0",
            "topology_xds_services{reason=\"NO_SLICE\"} 0.0",
            "topology_xds_services_served 1.0",
            "topology_xds_findings{reason=\"DOMAIN_CONFLICT\"} 0.0")
        .noneMatch(line -> line.startsWith("topology_xds_findings{reason=\"TRAFFIC_DISTRIBUTION"));
  }

  @Test
  void aConflictOfDomainsIsCountedAndToldAndEnds() {
    store.findings().addSink(told::addAll);
    ServiceTranslation first = withIp("a");
    ServiceTranslation second = withIp("b");
    store.put(List.of(first, second), List.of());
    assertThat(store.findings().count(Reason.DOMAIN_CONFLICT)).isEqualTo(2);
    assertThat(told)
        .hasSize(2)
        .allMatch(finding -> finding.object().toString().equals("Service shop/b"));
    store.put(List.of(), List.of(first.service()));
    assertThat(store.findings().count(Reason.DOMAIN_CONFLICT)).isZero();
    assertThat(told).hasSize(2);
  }

  @Test
  void whatADefectLeavesWithoutEndpointsSaysSo() {
    store.findings().addSink(told::addAll);
    put(SmallWorld.service("cart"), hintedSlice(defective(), "another-node"));
    XdsResource assignment = store.assignment(CART, NEAR);
    assertThat(assignment).isEqualTo(PortTranslation.unknown(CART));
    assertThat(counts()).containsExactly("TRANSLATION_FAILED 1");
    assertThat(told)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.TRANSLATION_FAILED);
          assertThat(finding.object()).hasToString("Service shop/cart");
          assertThat(finding.message()).endsWith("clients get no endpoint of it");
        });
  }

  @Test
  void aDefectKeepsWhatWasValidBeforeAndItsReason() {
    put(SmallWorld.service("cart"), hintedSlice(new TreeSet<>(Set.of("zone-a"))));
    XdsResource valid = store.assignment(CART, NEAR);
    put(SmallWorld.service("cart"), hintedSlice(defective(), "another-node"));
    assertThat(store.assignment(CART, NEAR)).isSameAs(valid);
    assertThat(counts()).containsExactly("HINTS_FOR_ZONE 1");
    assertThat(store.findings().count(Reason.TRANSLATION_FAILED)).isEqualTo(1);
    put(SmallWorld.service("cart"), hintedSlice(new TreeSet<>(Set.of("zone-a"))));
    assertThat(store.findings().count(Reason.TRANSLATION_FAILED)).isZero();
  }

  /**
   * Stands in for a defect of the rules: a set that cannot be asked what it holds, and so not
   * whether it is another's equal: beside a Node that is not asked, {@link Hints} leaves it alone.
   */
  private static SortedSet<String> defective() {
    SortedSet<String> zones =
        new TreeSet<>((one, other) -> {
          if (System.identityHashCode(one) != System.identityHashCode(other)) {
            throw new IllegalStateException("planted");
          }
          return 0;
        });
    zones.add(String.copyValueOf("zone-a".toCharArray()));
    return zones;
  }

  private static ModelObject hintedSlice(SortedSet<String> zones, String... nodes) {
    SliceModel slice =
        ((ModelObject.OfSlice) SmallWorld.slice("cart", "zone-a", "10.0.0.1")).model();
    EndpointModel endpoint =
        new EndpointModel(
            "10.0.0.1",
            "",
            "zone-a",
            "",
            "",
            new Hints(zones, new TreeSet<>(Set.of(nodes))),
            Readiness.READY);
    return new ModelObject.OfSlice(
        new SliceModel(
            slice.name(),
            slice.service(),
            slice.addressType(),
            false,
            slice.ports(),
            List.of(endpoint)));
  }

  private static ServiceTranslation withIp(String name) {
    ServiceModel service =
        new ServiceModel(
            new ObjectName("shop", name),
            ServiceType.CLUSTER_IP,
            List.of("10.96.0.9"),
            List.of(Family.IPV4),
            List.of(new ServicePort("http", 80, Protocol.TCP, "")),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);
    return new Translator(RoutingOptions.DEFAULT)
        .translate(new ServiceState(service, null, List.of(), Set.of(), ClusterTopology.EMPTY));
  }

  private void put(ModelObject service, ModelObject... slices) {
    ServiceModel model = ((ModelObject.OfService) service).model();
    ServiceState state =
        new ServiceState(
            model,
            null,
            Stream.of(slices).map(slice -> ((ModelObject.OfSlice) slice).model()).toList(),
            Set.of(),
            ClusterTopology.EMPTY);
    store.put(List.of(new Translator(RoutingOptions.DEFAULT).translate(state)), List.of());
  }

  private List<String> counts() {
    return Stream.of(DecisionReason.values())
        .filter(reason -> store.serviceCount(reason) != 0)
        .map(reason -> reason + " " + store.serviceCount(reason))
        .toList();
  }
}
