package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.BuildVersion;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.ClientPlace.NodeLookup;
import io.github.topologyxds.resources.node.ClientPlace.ZoneOrigin;
import io.github.topologyxds.resources.node.UserAgent;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.SyncState.Refused;
import io.github.topologyxds.session.status.SyncState.Waiting;
import io.github.topologyxds.session.status.SyncState.WaitsFor;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a client, and of each type how far it has got. */
class ClientStatusTest {
  private static final Instant START = Instant.ofEpochMilli(FakeClock.NOON);

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final FakeClock clock = new FakeClock();
  private final SessionGroup group =
      new SessionGroup(
          store, new DeliveryMetrics(), clock, PushLimits.every(Duration.ofMillis(100)));

  @BeforeEach
  void twoServices() {
    put("cart", service("cart"), slice("cart", "zone-a", "10.0.0.1"));
    put("pay", service("pay"), slice("pay", "zone-a", "10.0.1.1"));
    store.markComplete();
  }

  @Test
  void tellsWhoTheClientIsAndHowItsZoneIsKnown() {
    store.putNodes(Map.of("node-a", new NodeModel("node-a", "zone-a", "")));
    Node.Builder node =
        Node.newBuilder()
            .setId("shop/front-1")
            .setLocality(Locality.newBuilder().setZone("zone-b"))
            .setUserAgentName("envoy")
            .setUserAgentBuildVersion(
                BuildVersion.newBuilder()
                    .setVersion(SemanticVersion.newBuilder().setMajorNumber(1).setMinorNumber(40)))
            .setMetadata(
                Struct.newBuilder()
                    .putFields("NODE_NAME", text("node-a"))
                    .putFields("NAMESPACE", text("shop")));
    open(node.build());
    open(node.setMetadata(Struct.newBuilder().putFields("NODE_NAME", text("node-x"))).build());
    open(node.clearMetadata().clearLocality().setUserAgentVersion("1.2").build());

    List<ConnectedClient> clients = clients();
    assertThat(clients)
        .extracting(ConnectedClient::place)
        .containsExactly(
            new ClientPlace("node-a", NodeLookup.KNOWN, "zone-a", ZoneOrigin.NODE_LABEL),
            new ClientPlace("node-x", NodeLookup.UNKNOWN, "zone-b", ZoneOrigin.BOOTSTRAP),
            new ClientPlace("", NodeLookup.NOT_NAMED, "", ZoneOrigin.NOWHERE));
    assertThat(clients)
        .extracting(ConnectedClient::agent)
        .containsExactly(
            new UserAgent("envoy", "1.40.0"),
            new UserAgent("envoy", "1.40.0"),
            new UserAgent("envoy", "1.2"));
    assertThat(clients.getFirst())
        .extracting(ConnectedClient::id, ConnectedClient::namespace, ConnectedClient::peer)
        .containsExactly("shop/front-1", "shop", "192.0.2.1:1234");
    assertThat(clients).extracting(ConnectedClient::since).containsOnly(START);
    assertThat(clients).extracting(ConnectedClient::state).containsOnly(new SyncState.NotAsked());
  }

  @ParameterizedTest
  @EnumSource
  void goesFromWaitingToSynced(XdsProtocol variant) {
    FakeClient client = new FakeClient(group, variant, "zone-a");
    ask(client, variant, cluster("cart"));
    String version = client.last().version();
    assertThat(endpoints().state()).isEqualTo(new Waiting(START, WaitsFor.ANSWER));
    assertThat(endpoints().sent()).isEqualTo(new TypeStatus.Response(version, START));
    assertThat(endpoints().accepted()).isNull();

    clock.advance(41_000);
    assertThat(state()).isEqualTo(new Waiting(START, WaitsFor.ANSWER));
    client.accept();
    assertThat(state()).isEqualTo(new SyncState.Synced());
    assertThat(endpoints().accepted())
        .isEqualTo(new TypeStatus.Response(version, START.plusSeconds(41)));
    assertThat(endpoints().names()).isEqualTo(1);
    assertThat(clients().getFirst().type(ResourceType.CLUSTER)).isEqualTo(TypeStatus.NOT_ASKED);
  }

  @ParameterizedTest
  @EnumSource
  void tellsSinceWhenAChangeIsHeldBack(XdsProtocol variant) {
    FakeClient client = new FakeClient(group, variant, "zone-a");
    ask(client, variant, cluster("cart"));
    client.accept();
    clock.advance(1_000);
    client.readyFor(-1);
    change("10.0.0.2");
    clock.advance(7_000);
    assertThat(state()).isEqualTo(new Waiting(START.plusSeconds(1), WaitsFor.SENDING));

    client.readyFor(Integer.MAX_VALUE);
    client.session().proceed();
    assertThat(state()).isEqualTo(new Waiting(START.plusSeconds(8), WaitsFor.ANSWER));
    client.accept();
    assertThat(state()).isEqualTo(new SyncState.Synced());
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatIsRefusedUntilOtherContentIsAccepted(XdsProtocol variant) {
    FakeClient client = new FakeClient(group, variant, "zone-a");
    ask(client, variant, cluster("cart"));
    client.accept();
    String good = client.last().version();
    clock.advance(1_000);
    change("10.6.6.6");
    String bad = client.last().version();
    client.session().refused(ResourceType.ENDPOINT, "no\u001b[31m such " + "x".repeat(1_000));
    client.session().proceed();

    TypeStatus refused = endpoints();
    assertThat(refused.state()).isEqualTo(new Refused(START.plusSeconds(1)));
    assertThat(refused.quarantined()).containsExactly(cluster("cart"));
    assertThat(refused.accepted()).isEqualTo(new TypeStatus.Response(good, START));
    assertThat(refused.lastNack())
        .satisfies(refusal -> {
          assertThat(refusal.version()).isEqualTo(bad);
          assertThat(refusal.error()).startsWith("no?[31m such xxx").hasSize(501);
        });

    clock.advance(1_000);
    change("10.0.0.3");
    client.accept();
    assertThat(state()).isEqualTo(new SyncState.Synced());
    assertThat(endpoints().quarantined()).isEmpty();
    assertThat(endpoints().lastNack()).isNotNull();
  }

  /** Two in one response: the halves are tried, and only the bad one stays out. */
  @ParameterizedTest
  @EnumSource
  void waitsWhileTheBadOneIsSearchedFor(XdsProtocol variant) {
    FakeClient client = new FakeClient(group, variant, "zone-a");
    ask(client, variant, cluster("cart"), cluster("pay"));
    client.session().refused(ResourceType.ENDPOINT, "one of them");
    client.session().proceed();
    assertThat(state()).isInstanceOf(Waiting.class);
    client.session().refused(ResourceType.ENDPOINT, "this one");
    client.session().proceed();
    // The other one; then an empty assignment, as Envoy waits for one of this name.
    client.accept().accept();
    assertThat(state()).isInstanceOf(Refused.class);
    assertThat(endpoints().quarantined()).containsExactly(cluster("cart"));
  }

  /** A task that lists a few leaves room for others between two. */
  @Test
  void listsInSlicesByTheNumberOfTheSession() {
    for (int i = 0; i < 5; i++) {
      open(Node.newBuilder().setId("c" + i).build());
    }
    List<SessionGroup.Numbered<ConnectedClient>> first =
        group.clients(0, 2, ClientSession::snapshot);
    assertThat(first).extracting(n -> n.client().id()).containsExactly("c0", "c1");
    assertThat(group.clients(first.getLast().number() + 1, 10, ClientSession::snapshot))
        .extracting(n -> n.client().id())
        .containsExactly("c2", "c3", "c4");
  }

  private void open(Node node) {
    assertThat(new FakeClient(group, XdsProtocol.DELTA, node)).isNotNull();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  private static void ask(FakeClient client, XdsProtocol variant, String... names) {
    switch (variant) {
      case STATE_OF_THE_WORLD -> client.ask(ResourceType.ENDPOINT, List.of(names));
      case DELTA -> client.askForMore(List.of(names));
    }
  }

  private List<ConnectedClient> clients() {
    return group.clients(0, 100, ClientSession::snapshot).stream()
        .map(SessionGroup.Numbered::client)
        .toList();
  }

  private TypeStatus endpoints() {
    return clients().getFirst().type(ResourceType.ENDPOINT);
  }

  private SyncState state() {
    return clients().getFirst().state();
  }

  private void change(String address) {
    put("cart", service("cart"), slice("cart", "zone-a", address));
    group.published(
        new ResourceUpdate(Map.of(ResourceType.ENDPOINT, Set.of(cluster("cart"))), Set.of(), 0));
  }

  private void put(String name, ModelObject... objects) {
    ClusterStateStore state = new ClusterStateStore();
    state.apply(new StateChange.Everything(List.of(objects), List.of()));
    store.put(
        List.of(
            new Translator(RoutingOptions.DEFAULT)
                .translate(state.service(new ObjectName("shop", name)).orElseThrow())),
        List.of());
  }
}
