package io.github.topologyxds.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.pipeline.Clocks;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.ServiceLimits;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the source to update: what waits, what does not, and what there is no room for. */
class PacedAdditionsTest {
  private static final String WEB = SmallWorld.cluster("web");

  private final List<ResourceUpdate> published = new CopyOnWriteArrayList<>();
  private final List<Finding> told = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final ResourceStore store = new ResourceStore("cluster.local");
  private TranslationPipeline pipeline =
      pipeline(ServiceBudget.ofHeap(ServiceLimits.DEFAULT.namespace()));

  private TranslationPipeline pipeline(ServiceBudget budget) {
    store.findings().addSink(told::addAll);
    return new TranslationPipeline(
        new Translator(RoutingOptions.DEFAULT),
        store,
        published::add,
        budget,
        new Clocks(clock::get, InstantSource.system()));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aTogglingServiceMovesRoutesFarLessOftenThanItToggles() {
    start();
    // Each in a batch of its own: a batch is over when what goes with it has been published.
    for (int i = 0; i < 100; i++) {
      put(SmallWorld.service("toggled"));
      touch(i);
      delete("toggled");
      touch(100 + i);
    }
    // A burst of ten, each with its end; no time has passed.
    assertThat(routes()).hasSize(20);

    put(SmallWorld.service("toggled"));
    second();
    until(() -> store.clusterNames().contains(SmallWorld.cluster("toggled")));
  }

  @Test
  void aRemovalAndEndpointsDoNotWait() {
    start();
    for (int i = 0; i < 30; i++) {
      put(SmallWorld.service("new-" + i));
      touch(i);
    }
    assertThat(store.clusterNames()).hasSize(12);

    delete("web");
    until(() -> routes().stream().anyMatch(p -> p.changed(ResourceType.CLUSTER).contains(WEB)));
    // Not one of those that are held back has come with it.
    assertThat(routes()).hasSize(11);
    assertThat(store.clusterNames()).hasSize(11);

    second();
    until(() -> routes().size() == 12);
    assertThat(store.clusterNames()).hasSize(31);
  }

  @Test
  void whatThereIsNoRoomForIsLeftOutAndTakenInLater() {
    pipeline.close();
    pipeline = pipeline(new ServiceBudget(25_000, ServiceLimits.DEFAULT.namespace()));
    pipeline.accept(
        new StateChange.Everything(
            List.of(SmallWorld.service("a"), SmallWorld.service("b"), SmallWorld.service("c")),
            List.of()));
    until(store::complete);

    assertThat(store.clusterNames())
        .containsExactly(SmallWorld.cluster("a"), SmallWorld.cluster("b"), SmallWorld.cluster("c"));
    for (String more : List.of("d", "e")) {
      put(SmallWorld.service(more));
    }
    until(() -> told.stream().anyMatch(f -> f.reason() == Reason.MEMORY_BUDGET));
    assertThat(pipeline.sizes().leftOut()).isPositive();
    assertThat(store.clusterNames()).doesNotContain(SmallWorld.cluster("e"));

    List.of("a", "b", "c").forEach(this::delete);
    until(() -> store.clusterNames().contains(SmallWorld.cluster("e")));
    // What is served is there a moment before what is found about it.
    until(() -> pipeline.sizes().leftOut() == 0);
    until(() -> store.findings().count(Reason.MEMORY_BUDGET) == 0);
  }

  private List<ResourceUpdate> routes() {
    return published.stream().filter(u -> !u.changed(ResourceType.ROUTE).isEmpty()).toList();
  }

  private void start() {
    pipeline.accept(
        new StateChange.Everything(
            List.of(
                SmallWorld.service("web"),
                SmallWorld.service("cart"),
                SmallWorld.slice("cart", "zone-a", "10.0.0.1")),
            List.of()));
    // What is served is there a moment before it is published.
    until(() -> store.complete() && !published.isEmpty());
    published.clear();
  }

  /** Changes an endpoint and waits until that is served. */
  private void touch(int number) {
    String address = "10.7." + number / 250 + "." + (1 + number % 250);
    put(SmallWorld.slice("cart", "zone-a", address));
    ClientView view = new ClientView("", "zone-a", null);
    until(() ->
        store
            .assignment(SmallWorld.cluster("cart"), view)
            .packed()
            .getValue()
            .toStringUtf8()
            .contains(address));
  }

  private void second() {
    clock.addAndGet(1_000_000_000);
    touch(999);
  }

  private static void until(Callable<Boolean> reached) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(reached);
  }

  private void put(ModelObject object) {
    change(new ObjectChange.Put(object));
  }

  private void delete(String service) {
    change(
        new ObjectChange.Delete(
            new ObjectKey(ObjectKind.SERVICE, new ObjectName("shop", service))));
  }

  private void change(ObjectChange change) {
    pipeline.accept(new StateChange.Difference(new ArrayList<>(List.of(change)), List.of()));
  }
}
