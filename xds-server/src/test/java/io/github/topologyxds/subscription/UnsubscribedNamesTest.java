package io.github.topologyxds.subscription;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.FakeClient;
import io.github.topologyxds.session.FakeClock;
import io.github.topologyxds.session.SessionGroup;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of a name that a client drops while it asks for everything as well: whether that
 * still covers it only we know, so we must say (xDS protocol, "unsubscribing from resources").
 */
class UnsubscribedNamesTest {
  private static final List<String> ALL = List.of("*");
  private static final List<String> NONE = List.of();

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final SessionGroup group =
      new SessionGroup(
          store, new DeliveryMetrics(), new FakeClock(), new PushLimits(Duration.ZERO, 1 << 20));

  @BeforeEach
  void twoServices() {
    put("cart");
    put("pay");
  }

  @Test
  void isRemovedWhenItDoesNotBelongToTheClientsServices() {
    FakeClient client = client(XdsProtocol.DELTA);
    client.ask(ResourceType.CLUSTER, List.of("*", cluster("pay")), NONE).accept();
    assertThat(client.lastNames()).containsExactly(cluster("cart"), cluster("pay"));

    client.ask(ResourceType.CLUSTER, NONE, List.of(cluster("pay")));

    assertThat(client.last().removed()).containsExactly(cluster("pay"));
    client.accept();
    assertThat(group.names(ResourceType.CLUSTER)).isEqualTo(1);
  }

  @Test
  void isSentAgainWhenItDoes() {
    FakeClient client = client(XdsProtocol.DELTA);
    client.ask(ResourceType.CLUSTER, List.of("*", cluster("cart")), NONE).accept();

    client.ask(ResourceType.CLUSTER, NONE, List.of(cluster("cart")));

    assertThat(client.pushes()).hasSize(2);
    assertThat(client.lastNames()).containsExactly(cluster("cart"));
    client.accept();
    delete("cart");
    assertThat(client.last().removed()).containsExactly(cluster("cart"));
  }

  @Test
  void leavesTheWholeState() {
    FakeClient client = client(XdsProtocol.STATE_OF_THE_WORLD);
    client.ask(ResourceType.CLUSTER, List.of("*", cluster("pay"))).accept();
    assertThat(client.lastNames()).containsExactly(cluster("cart"), cluster("pay"));

    client.ask(ResourceType.CLUSTER, ALL);

    assertThat(client.lastNames()).containsExactly(cluster("cart"));
    assertThat(group.names(ResourceType.CLUSTER)).isEqualTo(1);
  }

  /** A client that makes up names must not make us keep them. */
  @ParameterizedTest
  @EnumSource
  void isForgottenWhenThereIsNoSuchResource(ResourceType type) {
    FakeClient client = client(XdsProtocol.DELTA);
    client.ask(type, ALL, NONE).accept();
    int before = group.names(type);
    for (int round = 0; round < 100; round++) {
      client.ask(type, List.of("made-up/" + round), NONE).accept();
      client.ask(type, NONE, List.of("made-up/" + round)).accept();
      assertThat(client.last().removed()).containsExactly("made-up/" + round);
    }

    assertThat(group.names(type)).isEqualTo(before);
  }

  /** One that it was told of before it asked for everything. */
  @Test
  void isForgottenWhenThereWasNoSuchResourceBefore() {
    FakeClient client = client(XdsProtocol.DELTA);
    client.ask(ResourceType.CLUSTER, List.of("made-up"), NONE).accept();
    client.ask(ResourceType.CLUSTER, ALL, NONE).accept();

    client.ask(ResourceType.CLUSTER, NONE, List.of("made-up")).accept();

    assertThat(group.names(ResourceType.CLUSTER)).isEqualTo(1);
  }

  /** A client that calls one Service. */
  private FakeClient client(XdsProtocol protocol) {
    Value cart = Value.newBuilder().setStringValue("shop/cart").build();
    return new FakeClient(
        group,
        protocol,
        Node.newBuilder().setMetadata(Struct.newBuilder().putFields("SERVICES", cart)).build());
  }

  private void put(String service) {
    apply(new ObjectChange.Put(service(service)));
  }

  private void delete(String service) {
    apply(new ObjectChange.Delete(service(service).key()));
  }

  private void apply(ObjectChange change) {
    for (ObjectName name :
        state.apply(new StateChange.Difference(List.of(change), List.of())).services()) {
      List<ServiceTranslation> now =
          state.service(name).map(translator::translate).stream().toList();
      group.published(store.put(now, now.isEmpty() ? List.of(name) : List.of()));
    }
  }
}
