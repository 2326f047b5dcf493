package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static io.github.topologyxds.xds.resource.ResourceType.CLUSTER;
import static io.github.topologyxds.xds.resource.ResourceType.ENDPOINT;
import static io.github.topologyxds.xds.resource.ResourceType.LISTENER;
import static io.github.topologyxds.xds.resource.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateUpdate;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Sidecars that ask for each cluster when something goes there: facts as a delta client sees them.
 */
class OnDemandClientTest {
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final FakeClock clock = new FakeClock();
  private final SessionGroup group =
      new SessionGroup(
          store, new DeliveryMetrics(), clock, new PushLimits(Duration.ofMillis(100), 1 << 20));

  @Test
  void getsNoServiceUnaskedAndHearsOfNone() {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient client = sidecar("shop");

    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    assertThat(client.lastNames()).containsExactly("passthrough");
    client.ask(LISTENER, List.of("*"), List.of()).accept();
    assertThat(client.lastNames()).containsExactly("outbound", "outbound-ipv6");
    int before = client.pushes().size();
    clock.advance(1000);

    put(web("pay", "10.96.0.2"), slice("pay", "zone-a", "10.0.1.1"));

    assertThat(client.pushes()).hasSize(before);
  }

  @Test
  void theAssignmentIsRightBehindTheClusterAskedForOrNot() throws InvalidProtocolBufferException {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    int before = client.pushes().size();

    client.ask(CLUSTER, List.of("10.96.0.1:80"), List.of());

    assertThat(since(client, before)).containsExactly("10.96.0.1:80", "shop/cart:http");
    Cluster cluster = cluster(client.pushes().get(before));
    assertThat(cluster.getEdsClusterConfig().getServiceName()).isEqualTo("shop/cart:http");
    assertThat(cluster.getEdsClusterConfig().getEdsConfig().getInitialFetchTimeout().getSeconds())
        .isEqualTo(1);
    assertThat(cluster.getAltStatName()).isEqualTo("shop/cart:http");
    assertThat(client.last().type()).isEqualTo(ENDPOINT);
  }

  /** Envoy asks for it when it has the cluster: mostly before it has answered what was sent. */
  @Test
  void aRequestThatCrossesTheAssignmentIsAnsweredByIt() {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    client.ask(CLUSTER, List.of("10.96.0.1:80"), List.of());
    int before = client.pushes().size();

    client.ask(ENDPOINT, List.of("shop/cart:http"), List.of());
    client.acceptAll();
    assertThat(client.pushes()).as("the response was under way").hasSize(before);

    client.ask(ENDPOINT, List.of("shop/cart:http"), List.of());
    assertThat(since(client, before)).as("asked for again").containsExactly("shop/cart:http");
    client.acceptAll();
    client.ask(ENDPOINT, List.of(), List.of("shop/cart:http"));
    client.ask(ENDPOINT, List.of("shop/cart:http"), List.of());
    assertThat(since(client, before)).as("dropped, and asked for").hasSize(2);
  }

  /** Envoy asks once for an assignment; an alias would wait for it for ever. */
  @Test
  void anAliasBringsTheAssignmentAgain() {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    client.ask(CLUSTER, List.of("10.96.0.1:80"), List.of());
    client.acceptAll();
    client.ask(ENDPOINT, List.of("shop/cart:http"), List.of());
    assertThat(client.lastNames()).as("the request itself is answered").hasSize(1);
    client.acceptAll();
    for (String alias : List.of("//cart", "//cart.shop", "//cart.shop.svc", "//10.96.0.1")) {
      int before = client.pushes().size();
      client.ask(CLUSTER, List.of(alias), List.of());
      assertThat(since(client, before)).containsExactly(alias, "shop/cart:http");
      client.acceptAll();
    }
  }

  /** With a change held back, an open response of endpoints, and a full connection. */
  @Test
  void nothingComesBetweenTheTwo() {
    put(
        web("cart", "10.96.0.1"),
        slice("cart", "zone-a", "10.0.0.1"),
        web("pay", "10.96.0.2"),
        slice("pay", "zone-a", "10.0.1.1"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    client.ask(CLUSTER, List.of("10.96.0.1:80"), List.of());
    client.acceptAll();
    clock.advance(1000);
    put(slice("cart", "zone-a", "10.0.0.2"));
    put(slice("cart", "zone-a", "10.0.0.3"));
    assertThat(client.last().type()).isEqualTo(ENDPOINT);
    int before = client.pushes().size();

    client.ask(CLUSTER, List.of("10.96.0.2:80"), List.of());
    assertThat(client.pushes()).as("the assignment could not follow").hasSize(before);
    client.accept();

    assertThat(since(client, before))
        .containsExactly("10.96.0.2:80", "shop/cart:http", "shop/pay:http");
  }

  @Test
  void backPressureHoldsBothOrNone() {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    int before = client.pushes().size();
    client.readyFor(-1);
    client.ask(CLUSTER, List.of("10.96.0.1:80"), List.of());
    assertThat(client.pushes()).hasSize(before);
    client.readyForOneMore();
    client.session().proceed();
    assertThat(since(client, before)).containsExactly("10.96.0.1:80", "shop/cart:http");
  }

  @Test
  void whatIsNoServicesIsEmptyOrPassesAndBecomesTheServicesWhenItComes()
      throws InvalidProtocolBufferException {
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    client.ask(CLUSTER, List.of("//cart.shop", "10.96.0.1:80", "[fd00::1]:80"), List.of());
    assertThat(types(client.last()))
        .isEqualTo(
            Map.of(
                "//cart.shop", Cluster.DiscoveryType.STATIC,
                "10.96.0.1:80", Cluster.DiscoveryType.ORIGINAL_DST,
                "[fd00::1]:80", Cluster.DiscoveryType.ORIGINAL_DST));
    client.acceptAll();
    clock.advance(1000);
    int before = client.pushes().size();

    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));

    assertThat(since(client, before))
        .containsExactlyInAnyOrder("//cart.shop", "10.96.0.1:80", "shop/cart:http");
    assertThat(types(client.pushes().get(before)).values()).containsOnly(Cluster.DiscoveryType.EDS);
    client.acceptAll();
    clock.advance(1000);
    remove("cart");
    assertThat(types(lastClusters(client)))
        .isEqualTo(
            Map.of(
                "//cart.shop", Cluster.DiscoveryType.STATIC,
                "10.96.0.1:80", Cluster.DiscoveryType.ORIGINAL_DST));
  }

  /** A cluster without endpoints takes 26 kB of Envoy, and Envoy never forgets a name. */
  @Test
  void madeUpHostsAreLimited() {
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      names.add("//host-" + i + ".example.com");
    }
    client.ask(CLUSTER, names, List.of());
    assertThat(client.last().resources()).hasSize(400);
    assertThat(client.last().removed()).hasSize(600);
    client.acceptAll();
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    client.ask(CLUSTER, List.of("//cart.shop"), List.of());
    assertThat(lastClusters(client).resources()).hasSize(1);
  }

  /** 100,000 of them would be 25 MB of ours, and more names than any other client may ask for. */
  @Test
  void hostsBeyondTheLimitAreForgottenAndCostNothing() {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    List<String> all = new ArrayList<>(List.of("*"));
    for (int batch = 0; batch < 100; batch++) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        names.add("//host-" + batch + "-" + i);
      }
      all.addAll(names);
      assertThat(client.want(names)).isEmpty();
      client.acceptAll();
    }
    assertThat(group.names(CLUSTER)).isLessThanOrEqualTo(401);
    client.ask(CLUSTER, List.of("//cart.shop"), List.of()).acceptAll();
    assertThat(client.session().snapshot()).isNotNull();

    FakeClient again = sidecar("shop");
    assertThat(again.want(all)).as("all of them, when it comes back").isEmpty();
    again.acceptAll();
    again.ask(CLUSTER, List.of("10.96.0.1:80"), List.of()).acceptAll();
    assertThat(again.last().type()).isEqualTo(ENDPOINT);
  }

  @Test
  void addressesOfNoServiceAreLimitedAndThatIsAFinding() {
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      names.add("10.97." + i / 250 + "." + i % 250 + ":80");
    }
    client.ask(CLUSTER, names, List.of()).acceptAll();
    assertThat(store.findings().count(Reason.UNKNOWN_ADDRESSES_LIMIT)).isZero();
    client.ask(CLUSTER, List.of("10.98.0.1:80"), List.of()).acceptAll();
    assertThat(lastClusters(client).removed()).containsExactly("10.98.0.1:80");
    assertThat(store.findings().count(Reason.UNKNOWN_ADDRESSES_LIMIT)).isEqualTo(1);
    client.session().close(Departure.CONNECTION_LOST);
    assertThat(store.findings().count(Reason.UNKNOWN_ADDRESSES_LIMIT)).isZero();
  }

  @Test
  void twoNamespacesThatAskForTheSameNameGetTheirOwn() throws InvalidProtocolBufferException {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient own = sidecar("shop");
    FakeClient other = sidecar("other");
    for (FakeClient client : List.of(own, other)) {
      client.ask(CLUSTER, List.of("*", "//cart"), List.of());
    }
    assertThat(types(lastClusters(own))).containsEntry("//cart", Cluster.DiscoveryType.EDS);
    assertThat(types(lastClusters(other))).containsEntry("//cart", Cluster.DiscoveryType.STATIC);
  }

  @Test
  void namesAndVersionsSurviveAReconnect() {
    put(
        web("cart", "10.96.0.1"),
        slice("cart", "zone-a", "10.0.0.1"),
        web("pay", "10.96.0.2"),
        slice("pay", "zone-a", "10.0.1.1"));
    FakeClient before = sidecar("shop");
    before.ask(CLUSTER, List.of("*", "10.96.0.1:80", "10.96.0.2:80"), List.of());
    Map<String, String> clusters = versions(lastClusters(before));
    Map<String, String> assignments = versions(before.last());

    put(slice("pay", "zone-a", "10.0.1.2"));
    FakeClient client = sidecar("shop");
    client.comeBack(CLUSTER, List.of("*", "10.96.0.1:80", "10.96.0.2:80"), clusters);
    client.comeBack(ENDPOINT, List.of("shop/cart:http", "shop/pay:http"), assignments);

    assertThat(since(client, 0)).containsExactly("shop/pay:http");
  }

  /**
   * The cluster changed meanwhile: its assignment follows before Envoy has asked on this stream.
   */
  @Test
  void aChangeThatWasMissedBringsItsAssignmentAndNoOther() {
    put(
        web("cart", "10.96.0.1"),
        slice("cart", "zone-a", "10.0.0.1"),
        web("pay", "10.96.0.2"),
        slice("pay", "zone-a", "10.0.1.1"));
    FakeClient before = sidecar("shop");
    before.ask(CLUSTER, List.of("*", "10.96.0.1:80", "10.96.0.2:80"), List.of());
    Map<String, String> clusters = versions(lastClusters(before));
    Map<String, String> assignments = versions(before.last());
    put(service("pay", "10.96.0.2", new ServicePort("http", 80, Protocol.TCP, "grpc")));

    FakeClient client = sidecar("shop");
    client.comeBack(CLUSTER, List.of("*", "10.96.0.1:80", "10.96.0.2:80"), clusters);
    assertThat(since(client, 0)).containsExactly("10.96.0.2:80", "shop/pay:http");
    client.acceptAll();
    int sent = client.pushes().size();
    client.comeBack(ENDPOINT, List.of("shop/cart:http", "shop/pay:http"), assignments);
    assertThat(since(client, sent)).isSubsetOf("shop/pay:http");
  }

  @Test
  void servicesThatItSaysItCallsComeUnaskedUnderAllTheirNames() {
    put(
        web("cart", "10.96.0.1"),
        slice("cart", "zone-a", "10.0.0.1"),
        web("pay", "10.96.0.2"),
        slice("pay", "zone-a", "10.0.1.1"));
    FakeClient client = sidecar("shop", "shop/cart");
    client.ask(CLUSTER, List.of("*"), List.of());
    assertThat(lastClusters(client).resources())
        .extracting(XdsResource::name)
        .containsExactly("//10.96.0.1", "//cart", "//cart.shop", "10.96.0.1:80", "passthrough");
    assertThat(client.lastNames()).containsExactly("shop/cart:http");
    client.acceptAll();
    clock.advance(1000);

    put(web("cart", "10.96.0.9"));
    assertThat(lastClusters(client).resources())
        .extracting(XdsResource::name)
        .containsExactly("//10.96.0.9", "10.96.0.9:80");
    assertThat(lastClusters(client).removed()).containsExactly("//10.96.0.1", "10.96.0.1:80");
  }

  @Test
  void stateOfTheWorldAndOthersGetWhatTheyGotBefore() {
    put(web("cart", "10.96.0.1"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient sotw = new FakeClient(group, XdsProtocol.STATE_OF_THE_WORLD, node("shop"));
    sotw.ask(CLUSTER, List.of("*"));
    assertThat(sotw.lastNames()).containsExactly("shop/cart:http");
    FakeClient classic =
        new FakeClient(group, XdsProtocol.DELTA, Node.newBuilder().setId("c").build());
    classic.ask(CLUSTER, List.of("*"), List.of()).accept();
    assertThat(classic.lastNames()).containsExactly("shop/cart:http");
    classic.ask(ROUTE, List.of("outbound"), List.of()).accept();
    int before = classic.pushes().size();
    clock.advance(1000);
    put(web("pay", "10.96.0.2"));
    assertThat(classic.pushes().subList(before, classic.pushes().size()))
        .filteredOn(push -> push.type() == CLUSTER)
        .flatExtracting(Push::resources)
        .extracting(XdsResource::name)
        .containsExactly("shop/pay:http");
  }

  @Test
  void theListenersChangeWithPortNumbersAndRangesAtMostEveryFiveSeconds() {
    put(web("cart", "10.96.0.1"));
    settle();
    FakeClient client = sidecar("shop");
    client.ask(LISTENER, List.of("*"), List.of()).accept();
    clock.advance(1000);
    int before = client.pushes().size();

    put(web("pay", "10.96.0.2"));
    settle();
    assertThat(client.pushes()).as("known port, known range").hasSize(before);

    put(service("grpc", "10.96.0.3", new ServicePort("grpc", 9000, Protocol.TCP, "")));
    settle();
    assertThat(client.pushes()).as("too soon after the last change").hasSize(before);
    clock.advance(5000);
    settle();
    assertThat(client.lastNames()).as("no Service has IPv6").containsExactly("outbound");
    assertThat(client.pushes()).hasSize(before + 1);
  }

  @Test
  void aPodOfAHeadlessServiceIsAClusterOfItsOwnWhileItIsThere()
      throws InvalidProtocolBufferException {
    put(headless("db"));
    FakeClient client = sidecar("shop");
    client.ask(CLUSTER, List.of("*"), List.of()).accept();
    client.ask(CLUSTER, List.of("//db-0.db", "//db.shop"), List.of());
    assertThat(types(lastClusters(client)))
        .isEqualTo(
            Map.of(
                "//db-0.db", Cluster.DiscoveryType.STATIC,
                "//db.shop", Cluster.DiscoveryType.EDS));
  }

  private static List<String> since(FakeClient client, int before) {
    return client.pushes().subList(before, client.pushes().size()).stream()
        .flatMap(push -> push.resources().stream())
        .map(XdsResource::name)
        .toList();
  }

  private static Push lastClusters(FakeClient client) {
    return client.pushes().reversed().stream()
        .filter(push -> push.type() == ResourceType.CLUSTER)
        .findFirst()
        .orElseThrow();
  }

  private static Cluster cluster(Push push) throws InvalidProtocolBufferException {
    return Cluster.parseFrom(push.resources().getFirst().packed().getValue());
  }

  private static Map<String, Cluster.DiscoveryType> types(Push push)
      throws InvalidProtocolBufferException {
    Map<String, Cluster.DiscoveryType> types = new java.util.TreeMap<>();
    for (XdsResource resource : push.resources()) {
      if (!resource.name().equals("passthrough")) {
        types.put(resource.name(), Cluster.parseFrom(resource.packed().getValue()).getType());
      }
    }
    return types;
  }

  private static Map<String, String> versions(Push push) {
    Map<String, String> versions = new java.util.TreeMap<>();
    push.resources().forEach(resource -> versions.put(resource.name(), resource.version()));
    return versions;
  }

  private FakeClient sidecar(String namespace, String... services) {
    return new FakeClient(group, XdsProtocol.DELTA, node(namespace, services));
  }

  private static Node node(String namespace, String... services) {
    Struct.Builder metadata =
        Struct.newBuilder()
            .putFields("SIDECAR", text("on-demand"))
            .putFields("NAMESPACE", text(namespace));
    if (services.length > 0) {
      ListValue.Builder list = ListValue.newBuilder();
      Arrays.stream(services).forEach(service -> list.addValues(text(service)));
      metadata.putFields("SERVICES", Value.newBuilder().setListValue(list).build());
    }
    return Node.newBuilder()
        .setId("sidecar." + namespace)
        .setUserAgentName("envoy")
        .setMetadata(metadata)
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  /** A replica that does not know sidecars on demand has given it a cluster for each port. */
  @Test
  void whatItBringsFromAnOlderReplicaIsLeftToItForThisStream() {
    put(web("cart", "10.96.0.1"), web("pay", "10.96.0.2"), slice("cart", "zone-a", "10.0.0.1"));
    Map<String, String> brought = Map.of("shop/cart:http", "1", "shop/pay:http", "1", "gone", "1");
    FakeClient client = sidecar("shop");

    client.comeBack(CLUSTER, List.of("*"), brought);

    assertThat(client.lastNames()).containsExactly("passthrough");
    assertThat(client.last().removed()).containsExactly("gone");
    client.acceptAll();
    clock.advance(1000);
    remove("pay");
    client.acceptAll();
    assertThat(removed(client)).containsExactly("gone", "shop/pay:http");

    FakeClient later = sidecar("shop");
    later.comeBack(CLUSTER, List.of("*"), Map.of("shop/cart:http", "1", "passthrough", "another"));
    assertThat(later.last().removed()).containsExactly("shop/cart:http");
  }

  private static List<String> removed(FakeClient client) {
    return client.pushes().stream().flatMap(push -> push.removed().stream()).toList();
  }

  private static ModelObject web(String name, String ip) {
    return service(name, ip, new ServicePort("http", 80, Protocol.TCP, ""));
  }

  private static ModelObject service(String name, String ip, ServicePort port) {
    return model(name, ServiceType.CLUSTER_IP, List.of(ip), port);
  }

  private static ModelObject headless(String name) {
    return model(
        name, ServiceType.HEADLESS, List.of(), new ServicePort("http", 80, Protocol.TCP, ""));
  }

  private static ModelObject model(
      String name, ServiceType type, List<String> ips, ServicePort port) {
    return new ModelObject.OfService(
        new ServiceModel(
            new ObjectName("shop", name),
            type,
            ips,
            List.of(Family.IPV4),
            List.of(port),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  private void put(ModelObject... objects) {
    publish(Arrays.stream(objects).<ObjectChange>map(ObjectChange.Put::new).toList());
  }

  private void remove(String service) {
    publish(List.of(new ObjectChange.Delete(web(service, "10.96.0.1").key())));
  }

  private void settle() {
    group.published(store.onDemand().settle(clock.nanos()));
  }

  private void publish(List<ObjectChange> changes) {
    StateUpdate update = state.apply(new StateChange.Difference(changes, List.of()));
    List<ServiceTranslation> translated = new ArrayList<>();
    List<ObjectName> gone = new ArrayList<>();
    update
        .services()
        .forEach(name ->
            state
                .service(name)
                .ifPresentOrElse(
                    service -> translated.add(translator.translate(service)),
                    () -> gone.add(name)));
    group.published(store.put(translated, gone));
  }
}
