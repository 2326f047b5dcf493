package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no response may be overtaken by. */
class SendingOrderTest {
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final FakeClock clock = new FakeClock();
  private SessionGroup group = group(Integer.MAX_VALUE);

  private SessionGroup group(int responseBytes) {
    PushLimits limits = new PushLimits(Duration.ZERO, responseBytes);
    return new SessionGroup(store, new DeliveryMetrics(), clock, limits);
  }

  private FakeClient inSync(XdsProtocol protocol, String... services) {
    List<String> clusters = new ArrayList<>();
    for (String service : services) {
      clusters.add(cluster(service));
    }
    return new FakeClient(group, protocol, "zone-a")
        .ask(ResourceType.CLUSTER, List.of())
        .accept()
        .ask(ResourceType.ENDPOINT, clusters)
        .accept()
        .ask(ResourceType.ROUTE, List.of("outbound"))
        .accept();
  }

  /** A thousand clients come back: whole states wait their turn, and routes are small. */
  @Test
  void routesWaitForClustersThatHaveToWait() {
    put("cart", "10.0.0.1");
    FakeClient client = inSync(XdsProtocol.STATE_OF_THE_WORLD, "cart");
    client.readyFor(64);
    int before = client.pushes().size();
    put("pay", "10.0.1.1");
    assertThat(client.pushes()).hasSize(before);

    client.readyFor(Integer.MAX_VALUE);
    client.session().proceed();
    assertThat(client.last().type()).isEqualTo(ResourceType.CLUSTER);
    client.accept();
    assertThat(client.last().type()).isEqualTo(ResourceType.ROUTE);
  }

  /** A response has an end; what does not fit follows its answer, and the routes follow that. */
  @Test
  void routesWaitForTheRestOfTheClusters() {
    group = group(1);
    put("cart", "10.0.0.1");
    put("pay", "10.0.1.1");
    FakeClient client =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a")
            .ask(ResourceType.CLUSTER, List.of())
            .ask(ResourceType.ROUTE, List.of("outbound"));

    assertThat(client.pushes()).hasSize(1);
    assertThat(client.lastNames()).containsExactly(cluster("cart"));
    client.accept();
    assertThat(client.pushes()).hasSize(2);
    assertThat(client.lastNames()).containsExactly(cluster("pay"));
    client.accept();
    assertThat(client.last().type()).isEqualTo(ResourceType.ROUTE);
    client.accept();
    assertThat(client.pushes()).hasSize(3);
  }

  /**
   * A cluster warms until its endpoints come, and Envoy accepts CDS only then. If they waited for
   * the routes, which wait for CDS, nothing would ever be sent again.
   */
  @Test
  void endpointsThatAClusterWaitsForDoNotWaitForTheRoutes() {
    put("cart", "10.0.0.1");
    FakeClient client = inSync(XdsProtocol.DELTA, "cart");
    put("pay", "10.0.1.1");
    assertThat(client.lastNames()).containsExactly(cluster("pay"));
    // Its clusters are unanswered from here on.
    put("cart", "10.0.0.2");
    assertThat(client.lastNames()).containsExactly(cluster("cart"));
    client.askForMore(List.of(cluster("pay")));
    delete("pay");
    client.accept();

    assertThat(client.last().type()).isEqualTo(ResourceType.ENDPOINT);
    assertThat(client.lastNames()).containsExactly(cluster("pay"));
    client.session().acknowledged(ResourceType.ENDPOINT);
    client.session().acknowledged(ResourceType.CLUSTER);
    client.session().proceed();
    assertThat(client.last().type()).isEqualTo(ResourceType.CLUSTER);
    assertThat(client.last().removed()).containsExactly(cluster("pay"));
  }

  /** Its routes name the old cluster until they are replaced, whichever stream it had them from. */
  @Test
  void aClientThatComesBackKeepsAClusterThatIsGoneUntilItsRoutesAreNew() {
    put("new", "10.0.0.1");
    FakeClient client =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a")
            .comeBack(ResourceType.CLUSTER, List.of(), Map.of(cluster("old"), "v"));
    assertThat(client.lastNames()).containsExactly(cluster("new"));
    assertThat(client.last().removed()).isEmpty();
    client.comeBack(ResourceType.ROUTE, List.of("outbound"), Map.of("outbound", "v"));
    assertThat(client.pushes()).as("the routes wait for the new cluster").hasSize(1);

    client.accept();
    assertThat(client.last().type()).isEqualTo(ResourceType.ROUTE);
    client.accept();
    assertThat(client.last().type()).isEqualTo(ResourceType.CLUSTER);
    assertThat(client.last().removed()).containsExactly(cluster("old"));
  }

  @Test
  void aClientThatHasNoRoutesLosesItWithTheInitialResponse() {
    put("new", "10.0.0.1");
    FakeClient client =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a")
            .comeBack(ResourceType.CLUSTER, List.of(), Map.of(cluster("old"), "v"));
    client.accept();
    assertThat(client.last().removed()).containsExactly(cluster("old"));
  }

  /** It is up to date, so that nothing is sent which it could answer. */
  @Test
  void aClientThatComesBackForNamedClustersIsToldOfTheirEnd() {
    put("cart", "10.0.0.1");
    FakeClient before =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a")
            .ask(ResourceType.CLUSTER, List.of())
            .accept();
    String version = before.last().resources().getFirst().version();
    FakeClient client =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a")
            .comeBack(
                ResourceType.CLUSTER, List.of(cluster("cart")), Map.of(cluster("cart"), version));
    assertThat(client.pushes()).isEmpty();

    delete("cart");
    assertThat(client.last().removed()).containsExactly(cluster("cart"));
  }

  /** A route configuration holds all Services. */
  @Test
  void routesWaitForRoomAsLargeResponsesDo() {
    put("cart", "10.0.0.1");
    FakeClient client = inSync(XdsProtocol.DELTA, "cart");
    client.readyFor(64);
    put("pay", "10.0.1.1");
    assertThat(client.last().type()).isEqualTo(ResourceType.CLUSTER);
    client.accept();
    assertThat(client.last().type()).isEqualTo(ResourceType.CLUSTER);

    client.readyFor(Integer.MAX_VALUE);
    client.session().proceed();
    assertThat(client.last().type()).isEqualTo(ResourceType.ROUTE);
  }

  private void put(String service, String address) {
    apply(
        new ObjectChange.Put(service(service)),
        new ObjectChange.Put(slice(service, "zone-a", address)));
  }

  private void delete(String service) {
    apply(new ObjectChange.Delete(service(service).key()));
  }

  private void apply(ObjectChange... changes) {
    List<ServiceTranslation> changed = new ArrayList<>();
    List<ObjectName> gone = new ArrayList<>();
    for (ObjectName name :
        state.apply(new StateChange.Difference(List.of(changes), List.of())).services()) {
      state
          .service(name)
          .ifPresentOrElse(s -> changed.add(translator.translate(s)), () -> gone.add(name));
    }
    group.published(store.put(changed, gone));
  }
}
