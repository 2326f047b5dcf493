package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
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

/** The loss of the last near endpoint is not held back by the window; an open response does. */
class UrgentPushTest {
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final FakeClock clock = new FakeClock();
  private final SessionGroup group =
      new SessionGroup(
          store,
          new DeliveryMetrics(),
          clock,
          new PushLimits(Duration.ofMillis(100), Integer.MAX_VALUE));

  private void change(ModelObject... objects) {
    List<ObjectChange> changes = new ArrayList<>();
    for (ModelObject object : objects) {
      changes.add(new ObjectChange.Put(object));
    }
    List<ServiceTranslation> changed = new ArrayList<>();
    for (ObjectName name : state.apply(new StateChange.Difference(changes, List.of())).services()) {
      state.service(name).ifPresent(found -> changed.add(translator.translate(found)));
    }
    group.published(store.put(changed, List.of()));
  }

  private FakeClient inSync() {
    change(
        service("cart"),
        slice("cart", "zone-a", "10.0.0.1", "10.0.0.2"),
        slice("cart", "zone-b", "10.1.0.1"));
    FakeClient client =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a").askForMore(names()).accept();
    clock.advance(1000);
    return client;
  }

  private static List<String> names() {
    return List.of(cluster("cart"));
  }

  @Test
  void goesOutAsSoonAsTheUnackedResponseIsAnswered() {
    FakeClient client = inSync();
    change(slice("cart", "zone-a", "10.0.0.2"));
    assertThat(client.pushes()).hasSize(2);
    clock.advance(5);
    change(slice("cart", "zone-a"));
    assertThat(client.pushes()).as("the response before it is open").hasSize(2);

    client.accept();
    assertThat(client.pushes()).as("not 95 ms later").hasSize(3);
  }

  @Test
  void anythingElseWaitsForTheWindowAfterThatAnswerToo() {
    FakeClient client = inSync();
    change(slice("cart", "zone-a", "10.0.0.2"));
    clock.advance(5);
    change(slice("cart", "zone-b"));
    client.accept();
    assertThat(client.pushes()).hasSize(2);
    clock.advance(95);
    assertThat(client.pushes()).hasSize(3);
  }

  /** What a client brought is known again once its version is that of what there is. */
  @Test
  void countsForAClientThatHasItFromAnEarlierStream() {
    FakeClient before = inSync();
    String version = before.last().resources().getFirst().version();
    change(service("pay"), slice("pay", "zone-a", "10.0.1.1"));
    Map<String, String> versions = Map.of(cluster("cart"), version, cluster("pay"), "of-before");
    FakeClient client =
        new FakeClient(group, XdsProtocol.DELTA, "zone-a")
            .comeBack(ResourceType.ENDPOINT, List.copyOf(versions.keySet()), versions);
    assertThat(client.lastNames()).containsExactly(cluster("pay"));
    client.accept();

    change(slice("cart", "zone-a"));
    assertThat(client.lastNames()).containsExactly(cluster("cart"));
  }
}
