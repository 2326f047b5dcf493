package io.github.topologyxds.delivery;

import static io.github.topologyxds.delivery.SmallWorld.cluster;
import static io.github.topologyxds.delivery.SmallWorld.service;
import static io.github.topologyxds.delivery.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.RoutingOptions;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.XdsResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Equal clients share their first response, and what they have after it is theirs alone. */
class FirstResponsesTest {
  private static final List<String> BOTH = List.of(cluster("cart"), cluster("pay"));

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final FakeClock clock = new FakeClock();
  private final SessionGroup group =
      new SessionGroup(store, new DeliveryMetrics(), clock, Duration.ofMillis(100));

  /** A client that keeps what it is sent. */
  private final class Client implements Transport {
    private final List<Push> pushes = new ArrayList<>();
    private final ClientSession session;
    private boolean ready = true;

    Client(XdsProtocolVariant variant, String zone) {
      Node node =
          Node.newBuilder().setId("c").setLocality(Locality.newBuilder().setZone(zone)).build();
      session = group.open(variant, ClientNode.of(node), this);
    }

    Client ask(ResourceType type, List<String> names) {
      session.want(type, names);
      session.flush();
      return this;
    }

    Client askForMore(List<String> names) {
      session.want(ResourceType.ENDPOINT, new DeltaSubscription(names, List.of(), Map.of()));
      session.flush();
      return this;
    }

    void accept() {
      session.acknowledged(pushes.getLast().type());
      session.proceed();
    }

    List<String> lastNames() {
      return pushes.getLast().resources().stream().map(XdsResource::name).toList();
    }

    @Override
    public void send(Push push) {
      pushes.add(push);
    }

    @Override
    public boolean isReady(int resources) {
      return ready;
    }

    @Override
    public void fail(RuntimeException defect) {
      throw defect;
    }
  }

  @BeforeEach
  void twoServices() {
    put(service("cart"), slice("cart", "zone-a", "10.0.0.1"), slice("cart", "zone-b", "10.0.0.9"));
    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
  }

  @ParameterizedTest
  @EnumSource
  void areOneForAllWhoAskTheSameFromTheSamePlace(XdsProtocolVariant variant) {
    Client first = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    Client same = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    Client elsewhere = new Client(variant, "zone-b").ask(ResourceType.ENDPOINT, BOTH);
    Client other = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH.subList(0, 1));

    assertThat(same.pushes.getLast()).isSameAs(first.pushes.getLast());
    assertThat(same.lastNames()).isEqualTo(BOTH);
    assertThat(elsewhere.pushes.getLast().resources())
        .isNotEqualTo(first.pushes.getLast().resources());
    assertThat(other.lastNames()).containsExactly(cluster("cart"));
  }

  @ParameterizedTest
  @EnumSource
  void leadToWhatEachAloneWouldHave(XdsProtocolVariant variant) {
    Client first = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    Client second = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    first.accept();
    second.accept();
    second.ask(ResourceType.ENDPOINT, BOTH.subList(1, 2));
    clock.advance(100);

    put(slice("cart", "zone-a", "10.0.0.2"));
    assertThat(first.lastNames()).containsExactly(cluster("cart"));
    assertThat(second.pushes).hasSize(1);
    put(slice("pay", "zone-a", "10.0.1.2"));
    assertThat(second.lastNames()).containsExactly(cluster("pay"));
  }

  @ParameterizedTest
  @EnumSource
  void areNewAfterAChange(XdsProtocolVariant variant) {
    Client first = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    Client late = new Client(variant, "zone-a");
    late.ready = false;
    late.ask(ResourceType.ENDPOINT, BOTH);
    put(slice("cart", "zone-a", "10.0.0.2"));
    late.ready = true;
    late.session.proceed();

    assertThat(late.lastNames()).isEqualTo(BOTH);
    assertThat(late.pushes.getLast().resources()).isNotEqualTo(first.pushes.getLast().resources());
  }

  @ParameterizedTest
  @EnumSource
  void doNotOutliveTheNamesThatTheIndexForgot(XdsProtocolVariant variant) {
    Client first = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    first.session.close();
    Client second = new Client(variant, "zone-a").ask(ResourceType.ENDPOINT, BOTH);
    second.accept();
    clock.advance(100);

    put(slice("cart", "zone-a", "10.0.0.2"));
    assertThat(second.lastNames()).containsExactly(cluster("cart"));
    second.session.close();
    assertThat(group.names(ResourceType.ENDPOINT)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void ofAllClustersLeaveNoneOut(XdsProtocolVariant variant) {
    Client first = new Client(variant, "zone-a").ask(ResourceType.CLUSTER, List.of());
    Client second = new Client(variant, "zone-a").ask(ResourceType.CLUSTER, List.of());
    assertThat(second.pushes.getLast()).isSameAs(first.pushes.getLast());
    assertThat(second.lastNames()).isEqualTo(BOTH);
    second.accept();
    clock.advance(100);

    put(service("ship"), slice("ship", "zone-a", "10.0.2.1"));
    assertThat(second.lastNames()).contains(cluster("ship"));
  }

  @ParameterizedTest
  @EnumSource(names = "DELTA")
  void areNotForThoseWhoAskedForMoreMeanwhile(XdsProtocolVariant variant) {
    Client first = new Client(variant, "zone-a").askForMore(BOTH.subList(0, 1));
    Client second = new Client(variant, "zone-a");
    second.ready = false;
    second.askForMore(BOTH.subList(0, 1)).askForMore(BOTH.subList(1, 2));
    second.ready = true;
    second.session.proceed();

    assertThat(first.lastNames()).containsExactly(cluster("cart"));
    assertThat(second.lastNames()).isEqualTo(BOTH);
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
