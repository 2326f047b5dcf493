package io.github.topologyxds.resources;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.FakeClient;
import io.github.topologyxds.session.FakeClock;
import io.github.topologyxds.session.SessionGroup;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.topology.address.ServiceRange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A new kind of client and new resources are a matter of this package: here is a kind that watches
 * what a zone is sent. It gets all load assignments unasked, and routes that no sidecar gets.
 * State, subscriptions and sessions know nothing of it.
 */
class NewKindOfClientTest {
  private static final String WATCHER = "watcher";

  private static final ClientKind WATCHERS =
      new ClientKind(
          (client, protocol) -> client.id().equals(WATCHER),
          Map.of(
              ResourceType.CLUSTER, new NoResources(),
              ResourceType.ENDPOINT, new EveryAssignment(),
              ResourceType.LISTENER, new NoResources(),
              ResourceType.ROUTE, new Greeting()));

  private final ResourceStore store =
      new ResourceStore(
          "cluster.local",
          ServiceRange.ANY,
          new FindingRecorder(),
          List.of(WATCHERS, ClientKind.SIDECAR));
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final SessionGroup group =
      new SessionGroup(
          store, new DeliveryMetrics(), new FakeClock(), new PushLimits(Duration.ZERO, 1 << 20));

  @ParameterizedTest
  @EnumSource
  void getsWhatItsKindGetsAndHearsOfChanges(XdsProtocol protocol) {
    put(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient watcher = new FakeClient(group, protocol, watcher("node-a"));

    watcher.ask(ResourceType.ENDPOINT, List.of("*")).accept();
    assertThat(watcher.lastNames()).containsExactly(cluster("cart"));
    watcher.ask(ResourceType.ROUTE, List.of("greeting")).accept();
    assertThat(watcher.lastNames()).containsExactly("greeting");

    put(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
    assertThat(watcher.lastNames()).containsExactly(cluster("pay"));
    watcher.accept();
    int before = watcher.pushes().size();
    watcher.ask(ResourceType.CLUSTER, List.of("*"));
    assertThat(watcher.pushes().subList(before, watcher.pushes().size()))
        .allMatch(push -> push.resources().isEmpty());
  }

  @Test
  void hearsOfEverythingThatDependsOnItsPlaceWhenItMoves() {
    put(
        node("node-a", "zone-a"),
        service("cart"),
        slice("cart", "zone-a", "10.0.0.1"),
        slice("cart", "zone-b", "10.0.0.2"));
    FakeClient watcher = new FakeClient(group, XdsProtocol.DELTA, watcher("node-a"));
    watcher.ask(ResourceType.ENDPOINT, List.of("*")).accept();
    XdsResource inZoneA = watcher.last().resources().getFirst();

    put(node("node-a", "zone-b"));

    assertThat(watcher.last().resources().getFirst().name()).isEqualTo(cluster("cart"));
    assertThat(watcher.last().resources().getFirst()).isNotEqualTo(inZoneA);
  }

  /** Both ask for all endpoints, from the same place: neither may get the other's answer. */
  @ParameterizedTest
  @EnumSource
  void sharesNoAnswerWithAnotherKind(XdsProtocol protocol) {
    put(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
    FakeClient watcher = new FakeClient(group, protocol, watcher(""));
    watcher.ask(ResourceType.ENDPOINT, List.of("*")).accept();

    FakeClient sidecar = new FakeClient(group, protocol, Node.newBuilder().setId("s").build());
    sidecar.ask(ResourceType.ENDPOINT, List.of("*"));

    assertThat(watcher.lastNames()).containsExactly(cluster("cart"));
    assertThat(sidecar.lastNames()).isEmpty();
  }

  private static Node watcher(String nodeName) {
    return Node.newBuilder()
        .setId(WATCHER)
        .setMetadata(
            Struct.newBuilder()
                .putFields("NODE_NAME", Value.newBuilder().setStringValue(nodeName).build()))
        .build();
  }

  private void put(ModelObject... objects) {
    List<ObjectChange> changes =
        Arrays.stream(objects).<ObjectChange>map(ObjectChange.Put::new).toList();
    Set<ObjectName> dirty = state.apply(new StateChange.Difference(changes, List.of())).services();
    Set<String> moved = store.putNodes(state.nodes());
    List<ServiceTranslation> translated =
        dirty.stream()
            .map(name -> translator.translate(state.service(name).orElseThrow()))
            .toList();
    group.published(store.put(translated, List.of()).with(moved, 0));
  }

  /** Every load assignment, as a client in its place gets it. */
  private static final class EveryAssignment implements TypeResources {
    @Override
    public Dependence dependence() {
      return Dependence.PLACE;
    }

    @Override
    public Set<String> names(Client client) {
      return client.store().clusterNames();
    }

    @Override
    public boolean covers(Client client, String name) {
      return true;
    }

    @Override
    public @Nullable XdsResource get(Client client, String name) {
      return client.store().clusterNames().contains(name)
          ? client.store().assignment(name, client.view())
          : null;
    }
  }

  /** One route configuration that no other kind has. */
  private static final class Greeting implements TypeResources {
    private final XdsResource greeting =
        XdsResource.of(
            ResourceType.ROUTE,
            "greeting",
            RouteConfiguration.newBuilder().setName("greeting").build());

    @Override
    public Dependence dependence() {
      return Dependence.SCOPE;
    }

    @Override
    public Set<String> names(Client client) {
      return Set.of();
    }

    @Override
    public boolean covers(Client client, String name) {
      return false;
    }

    @Override
    public @Nullable XdsResource get(Client client, String name) {
      return name.equals("greeting") ? greeting : null;
    }
  }
}
