package io.github.topologyxds.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterStateStoreTest {
  private static final ObjectName CART = new ObjectName("shop", "cart");
  private static final ObjectName WEB = new ObjectName("shop", "web");
  private static final Readiness UNREADY = new Readiness(false, false, false);

  private final ClusterStateStore store = new ClusterStateStore();

  @Test
  void shouldTouchOnlyTheServiceWhoseSliceChanged() {
    everything(service(CART), service(WEB), slice("cart-1", CART), slice("web-1", WEB));
    StateUpdate update = put(slice("web-1", WEB, endpoint("10.0.0.1", Readiness.READY)));
    assertThat(update.services()).containsExactly(WEB);
    assertThat(update.nodes()).isFalse();
  }

  @Test
  void shouldTouchBothServicesWhenASliceMoves() {
    everything(service(CART), service(WEB), slice("one", CART));
    assertThat(put(slice("one", WEB)).services()).containsExactly(CART, WEB);
    assertThat(state(CART).slices()).isEmpty();
  }

  @Test
  void shouldTouchNothingWhenACompleteStateBringsNothingNew() {
    everything(service(CART), slice("cart-1", CART));
    assertThat(everything(service(CART), slice("cart-1", CART)).services()).isEmpty();
    assertThat(everything(service(CART)).services()).containsExactly(CART);
    assertThat(everything().services()).containsExactly(CART);
    assertThat(store.service(CART)).isEmpty();
  }

  @Test
  void shouldTouchTheServicesOfANamespaceThatChanged() {
    ObjectName elsewhere = new ObjectName("shop-2", "cart");
    everything(service(CART), service(elsewhere));
    StateUpdate update =
        put(new ModelObject.OfNamespace(new NamespaceModel("shop", "same-zone", "")));
    assertThat(update.services()).containsExactly(CART);
  }

  @Test
  void shouldCountEveryEndpointAsSeenAtTheFirstCompleteState() {
    everything(service(CART), slice("cart-1", CART, endpoint("10.0.0.1", UNREADY)));
    assertThat(state(CART).seenReady()).containsExactly("10.0.0.1");
  }

  @Test
  void shouldRememberReadinessAsLongAsTheEndpointIsThere() {
    everything(service(CART));
    put(slice("cart-1", CART, endpoint("10.0.0.1", UNREADY)));
    assertThat(state(CART).seenReady()).isEmpty();
    put(slice("cart-1", CART, endpoint("10.0.0.1", Readiness.READY)));
    put(slice("cart-1", CART, endpoint("10.0.0.1", UNREADY)));
    assertThat(state(CART).seenReady()).containsExactly("10.0.0.1");
    put(slice("cart-1", CART));
    put(slice("cart-1", CART, endpoint("10.0.0.1", UNREADY)));
    assertThat(state(CART).seenReady()).isEmpty();
  }

  @Test
  void shouldKeepTheZoneOfANodeThatIsGoneWhileAnEndpointNamesIt() {
    everything(
        service(CART),
        node("n1", "zone-a", "region-1"),
        node("n2", "zone-b", "region-1"),
        slice("cart-1", CART, endpointOn("n1")));
    apply(new ObjectChange.Delete(node("n1", "", "").key()));
    apply(new ObjectChange.Delete(node("n2", "", "").key()));
    assertThat(store.nodes()).isEmpty();
    assertThat(state(CART).topology().zoneOf("n1")).isEqualTo("zone-a");
    assertThat(state(CART).topology().zoneOf("n2")).isEmpty();
    assertThat(state(CART).topology().regionOf("zone-b")).isEqualTo("region-1");
  }

  @Test
  void shouldTouchWhatHasItsZoneFromANodeThatChanged() {
    everything(
        service(CART),
        service(WEB),
        node("n1", "zone-a", ""),
        slice("cart-1", CART, endpointOn("n1")),
        slice("web-1", WEB, endpointOn("n2")));
    StateUpdate update = put(node("n1", "zone-b", ""));
    assertThat(update.services()).containsExactly(CART);
    assertThat(update.nodes()).isTrue();
    assertThat(put(node("n1", "zone-b", "region-1")).services()).containsExactly(CART, WEB);
    assertThat(put(node("n1", "zone-b", "region-1")).services()).isEmpty();
  }

  @Test
  void shouldKeepTheRegionThatAZoneHadWhenNodesDisagree() {
    everything(service(CART), node("n1", "zone-a", "west"));
    put(node("n2", "zone-a", "east"));
    assertThat(state(CART).topology().regionOf("zone-a")).isEqualTo("west");
    put(node("n1", "zone-a", "north"));
    assertThat(state(CART).topology().regionOf("zone-a")).isEqualTo("east");
  }

  @Test
  void shouldNameSlicesThatNoServiceUses() {
    StateUpdate update = everything(slice("lost", CART), slice("bare", new ObjectName("shop", "")));
    assertThat(update.findings())
        .extracting(Finding::reason)
        .containsExactlyInAnyOrder(Reason.SLICE_WITHOUT_SERVICE, Reason.SLICE_WITHOUT_LABEL);
    assertThat(put(service(CART)).findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.SLICE_WITHOUT_LABEL);
    assertThat(apply(new ObjectChange.Delete(service(CART).key())).findings()).hasSize(2);
  }

  private ServiceState state(ObjectName name) {
    return store.service(name).orElseThrow();
  }

  private StateUpdate everything(ModelObject... objects) {
    List<ModelObject> sorted =
        Stream.of(objects).sorted(Comparator.comparing(ModelObject::key)).toList();
    return store.apply(new StateChange.Everything(sorted, List.of()));
  }

  private StateUpdate put(ModelObject object) {
    return apply(new ObjectChange.Put(object));
  }

  private StateUpdate apply(ObjectChange change) {
    return store.apply(new StateChange.Difference(List.of(change), List.of()));
  }

  private static ModelObject node(String name, String zone, String region) {
    return new ModelObject.OfNode(new NodeModel(name, zone, region));
  }

  private static ModelObject service(ObjectName name) {
    return new ModelObject.OfService(
        new ServiceModel(
            name,
            ServiceType.CLUSTER_IP,
            List.of(),
            List.of(),
            List.of(new ServicePort("http", 80, Protocol.TCP, "")),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  private static ModelObject slice(String name, ObjectName service, EndpointModel... endpoints) {
    return new ModelObject.OfSlice(
        new SliceModel(
            new ObjectName(service.namespace(), name),
            service,
            AddressType.IPV4,
            false,
            List.of(new SlicePort("http", 8080, Protocol.TCP)),
            List.of(endpoints)));
  }

  private static EndpointModel endpoint(String address, Readiness readiness) {
    return new EndpointModel(address, "", "", "", "", Hints.NONE, readiness);
  }

  private static EndpointModel endpointOn(String node) {
    return new EndpointModel("10.0.0.9", node, "", "", "", Hints.NONE, Readiness.READY);
  }
}
