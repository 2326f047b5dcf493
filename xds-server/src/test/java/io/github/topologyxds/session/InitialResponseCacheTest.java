package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.ClientStateTable;
import io.github.topologyxds.subscription.InitialResponseCache;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest.Extent;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.subscription.UnackedResponse;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Equal clients share their first response, and what they have after it is theirs alone. */
class InitialResponseCacheTest {
  private static final List<String> BOTH = List.of(cluster("cart"), cluster("pay"));

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final FakeClock clock = new FakeClock();
  private SessionGroup group = group(Integer.MAX_VALUE);

  private SessionGroup group(int responseBytes) {
    PushLimits limits = new PushLimits(Duration.ofMillis(100), responseBytes);
    return new SessionGroup(store, new DeliveryMetrics(), clock, limits);
  }

  @BeforeEach
  void twoServices() {
    put(service("cart"), slice("cart", "zone-a", "10.0.0.1"), slice("cart", "zone-b", "10.0.0.9"));
    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
  }

  @ParameterizedTest
  @EnumSource
  void areOneForAllWhoAskTheSameFromTheSamePlace(XdsProtocol protocol) {
    FakeClient first = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    FakeClient same = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    FakeClient elsewhere = client(protocol, "zone-b").ask(ResourceType.ENDPOINT, BOTH);
    FakeClient other = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH.subList(0, 1));

    assertThat(same.last()).isSameAs(first.last());
    assertThat(same.lastNames()).isEqualTo(BOTH);
    assertThat(elsewhere.last().resources()).isNotEqualTo(first.last().resources());
    assertThat(other.lastNames()).containsExactly(cluster("cart"));
  }

  /** What did not fit is due to whoever starts from the same. */
  @ParameterizedTest
  @EnumSource
  void areSharedWhenTheyAreNotAll(XdsProtocol protocol) {
    group = group(1);
    FakeClient first = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    FakeClient second = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);

    assertThat(second.last()).isSameAs(first.last());
    for (FakeClient client : List.of(first, second)) {
      assertThat(client.lastNames()).containsExactly(cluster("cart"));
      client.accept();
      assertThat(client.lastNames()).containsExactly(cluster("pay"));
      client.accept();
      assertThat(client.pushes()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leadToWhatEachAloneWouldHave(XdsProtocol protocol) {
    FakeClient first = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    FakeClient second = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    first.accept();
    second.accept();
    second.ask(ResourceType.ENDPOINT, BOTH.subList(1, 2));
    clock.advance(100);

    put(slice("cart", "zone-a", "10.0.0.2"));
    assertThat(first.lastNames()).containsExactly(cluster("cart"));
    assertThat(second.pushes()).hasSize(1);
    put(slice("pay", "zone-a", "10.0.1.2"));
    assertThat(second.lastNames()).containsExactly(cluster("pay"));
  }

  @ParameterizedTest
  @EnumSource
  void areNewAfterAChange(XdsProtocol protocol) {
    FakeClient first = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    FakeClient late = client(protocol, "zone-a");
    late.readyFor(-1);
    late.ask(ResourceType.ENDPOINT, BOTH);
    put(slice("cart", "zone-a", "10.0.0.2"));
    late.readyFor(Integer.MAX_VALUE);
    late.session().proceed();

    assertThat(late.lastNames()).isEqualTo(BOTH);
    assertThat(late.last().resources()).isNotEqualTo(first.last().resources());
  }

  @ParameterizedTest
  @EnumSource
  void doNotOutliveTheNamesThatTheIndexForgot(XdsProtocol protocol) {
    FakeClient first = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    first.session().close(Departure.CLOSED_BY_CLIENT);
    FakeClient second = client(protocol, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    second.accept();
    clock.advance(100);

    put(slice("cart", "zone-a", "10.0.0.2"));
    assertThat(second.lastNames()).containsExactly(cluster("cart"));
    second.session().close(Departure.CLOSED_BY_CLIENT);
    assertThat(group.names(ResourceType.ENDPOINT)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void ofAllClustersLeaveNoneOut(XdsProtocol protocol) {
    FakeClient first = client(protocol, "zone-a").ask(ResourceType.CLUSTER, List.of());
    FakeClient second = client(protocol, "zone-a").ask(ResourceType.CLUSTER, List.of());
    assertThat(second.last()).isSameAs(first.last());
    assertThat(second.lastNames()).isEqualTo(BOTH);
    second.accept();
    clock.advance(100);

    put(service("ship"), slice("ship", "zone-a", "10.0.2.1"));
    assertThat(second.lastNames()).contains(cluster("ship"));
  }

  @ParameterizedTest
  @EnumSource(names = "DELTA")
  void areNotForThoseWhoAskedForMoreMeanwhile(XdsProtocol protocol) {
    FakeClient first = client(protocol, "zone-a").askForMore(BOTH.subList(0, 1));
    FakeClient second = client(protocol, "zone-a");
    second.readyFor(-1);
    second.askForMore(BOTH.subList(0, 1)).askForMore(BOTH.subList(1, 2));
    second.readyFor(Integer.MAX_VALUE);
    second.session().proceed();

    assertThat(first.lastNames()).containsExactly(cluster("cart"));
    assertThat(second.lastNames()).isEqualTo(BOTH);
  }

  @Test
  void goWithTheLastWhoKnewTheirNames() {
    FakeClient stays = client(XdsProtocol.DELTA, "zone-a").askForMore(BOTH);
    for (int i = 0; i < 8; i++) {
      List<String> madeUp = List.of("made-up/" + i);
      client(XdsProtocol.DELTA, "zone-a")
          .askForMore(madeUp)
          .session()
          .close(Departure.CLOSED_BY_CLIENT);
    }
    assertThat(group.initialResponses().size()).isZero();
    FakeClient next = client(XdsProtocol.DELTA, "zone-a").askForMore(BOTH);

    assertThat(next.lastNames()).isEqualTo(stays.lastNames());
    assertThat(group.initialResponses().size()).isEqualTo(1);
  }

  @Test
  void areKeptForThreeZonesOfTenThousandServices() {
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> "s".repeat(40) + i).toList();
    List<FakeClient> first = askAll(names);
    List<FakeClient> second = askAll(names);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).last()).isSameAs(first.get(i).last());
    }
  }

  /** In each zone and protocol, for clusters and for endpoints. */
  private List<FakeClient> askAll(List<String> names) {
    List<FakeClient> clients = new ArrayList<>();
    for (String zone : List.of("zone-a", "zone-b", "zone-c")) {
      for (XdsProtocol protocol : XdsProtocol.values()) {
        clients.add(client(protocol, zone).ask(ResourceType.CLUSTER, names));
        clients.add(client(protocol, zone).ask(ResourceType.ENDPOINT, names));
      }
    }
    return clients;
  }

  @Test
  void areKeptOnlyWhileTheyTakeLittle() {
    InitialResponseCache responses = new InitialResponseCache();
    for (int i = 0; i < 20; i++) {
      remember(responses, 20_000, "name-" + i);
    }
    // 20,000 names with 212 bytes each in 36 MiB.
    assertThat(responses.size()).isEqualTo(8);

    remember(responses, 200_000, "too-many");
    assertThat(responses.size()).isEqualTo(8);
    for (int i = 0; i < 100; i++) {
      remember(responses, 1, "small-" + i);
    }
    assertThat(responses.size()).isEqualTo(32);
  }

  private static void remember(InitialResponseCache responses, int names, String name) {
    FirstRequest request = new FirstRequest(Extent.NAMED, Collections.nCopies(names, name));
    responses.remember(
        new InitialResponseCache.Key(
            ResourceType.ENDPOINT,
            XdsProtocol.DELTA,
            request,
            new ResourceStore("cluster.local")
                .forClient(ClientNode.of(Node.getDefaultInstance()), XdsProtocol.DELTA)
                .audience()),
        new InitialResponseCache.Entry(
            new ClientStateTable(),
            List.of(),
            new UnackedResponse(),
            new Push(ResourceType.ENDPOINT, List.of(), List.of()),
            0));
  }

  private FakeClient client(XdsProtocol protocol, String zone) {
    return new FakeClient(group, protocol, zone);
  }

  private void put(ModelObject... objects) {
    List<ObjectChange> changes =
        Stream.of(objects).<ObjectChange>map(ObjectChange.Put::new).toList();
    List<ServiceTranslation> translated =
        state.apply(new StateChange.Difference(changes, List.of())).services().stream()
            .map(name -> translator.translate(state.service(name).orElseThrow()))
            .toList();
    group.published(store.put(translated, List.of()));
  }
}
