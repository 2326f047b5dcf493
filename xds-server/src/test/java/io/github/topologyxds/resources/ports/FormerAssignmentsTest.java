package io.github.topologyxds.resources.ports;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.XdsResource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an old load assignment was translated from is known while somebody has it. */
class FormerAssignmentsTest {
  private static final ClientView FROM_A = new ClientView("", "zone-a", null);

  private final ResourceStore store = new ResourceStore("cluster.local");

  private ServiceState put(String... addresses) {
    ClusterStateStore state = new ClusterStateStore();
    state.apply(
        new StateChange.Everything(
            List.of(service("cart"), slice("cart", "zone-a", addresses)), List.of()));
    ServiceState now = state.service(new ObjectName("shop", "cart")).orElseThrow();
    store.put(List.of(new Translator(RoutingOptions.DEFAULT).translate(now)), List.of());
    return now;
  }

  private XdsResource assignment() {
    return store.assignment(cluster("cart"), FROM_A);
  }

  @Test
  void knowsWhatAnotherHasTakenThePlaceOf() {
    ServiceState first = put("10.0.0.1");
    XdsResource old = assignment();
    assertThat(store.originOf(old)).isEmpty();

    put("10.0.0.2");
    XdsResource latest = assignment();

    assertThat(store.originOf(old)).contains(first);
    assertThat(store.originOf(latest)).isEmpty();
  }

  @Test
  void hasNoFormerStateOfWhatStaysTheSame() {
    put("10.0.0.1");
    XdsResource old = assignment();

    put("10.0.0.1");

    assertThat(assignment()).isSameAs(old);
    assertThat(store.originOf(old)).isEmpty();
  }

  /**
   * Else each change of a Service would cost the memory of its state before. What nobody has any
   * more is dropped when something else is kept.
   */
  @Test
  void letsGoOfAStateThatNobodyHas() {
    WeakReference<ServiceState> former = new WeakReference<>(put("10.0.0.1"));
    assertThat(assignment()).isNotNull();
    put("10.0.0.2");
    assertThat(assignment()).isNotNull();

    AtomicInteger changes = new AtomicInteger(2);
    await()
        .atMost(Duration.ofMinutes(1)) // a collection takes its time beside other forks
        .untilAsserted(() -> {
          System.gc();
          put("10.0.0." + (changes.incrementAndGet() % 250 + 1));
          assertThat(assignment()).isNotNull();
          assertThat(former.get()).isNull();
        });
  }
}
