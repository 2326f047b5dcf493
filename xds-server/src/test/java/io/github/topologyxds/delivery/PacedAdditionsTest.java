package io.github.topologyxds.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.state.FindingSink;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.ObjectKey;
import io.github.topologyxds.state.ObjectKind;
import io.github.topologyxds.state.ServiceBudget;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the source to publication: what waits, what does not, and what there is no room for. */
class PacedAdditionsTest {
  private final List<Publication> published = new CopyOnWriteArrayList<>();
  private final List<Finding> told = new CopyOnWriteArrayList<>();
  private final ResourceStore store = new ResourceStore("cluster.local");
  private TranslationPipeline pipeline = pipeline(ServiceBudget.ofHeap());

  private TranslationPipeline pipeline(ServiceBudget budget) {
    FindingSink sink = told::addAll;
    return new TranslationPipeline(
        new Translator(RoutingOptions.DEFAULT), store, published::add, sink, budget);
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
    long routes = published.stream().filter(Publication::routes).count();
    // A burst of ten, each with its end, and one a second for as long as this machine takes.
    assertThat(routes).isLessThan(60);

    put(SmallWorld.service("toggled"));
    await().until(() -> store.clusterNames().contains(SmallWorld.cluster("toggled")));
  }

  @Test
  void aRemovalAndEndpointsDoNotWait() {
    start();
    for (int i = 0; i < 30; i++) {
      put(SmallWorld.service("new-" + i));
      touch(i);
    }
    int before = published.size();
    assertThat(store.clusterNames()).hasSizeLessThan(30);

    delete("web");
    await().until(() -> !store.clusterNames().contains(SmallWorld.cluster("web")));
    // It came with the very next publication, not with those that are held back.
    assertThat(published.get(before).clusters()).contains(SmallWorld.cluster("web"));
    await().until(() -> store.clusterNames().size() == 31);
  }

  @Test
  void whatThereIsNoRoomForIsLeftOutAndTakenInLater() {
    pipeline.close();
    pipeline = pipeline(new ServiceBudget(25_000));
    pipeline.accept(
        new StateChange.Everything(
            List.of(SmallWorld.service("a"), SmallWorld.service("b"), SmallWorld.service("c")),
            List.of()));
    await().until(store::complete);

    assertThat(store.clusterNames())
        .containsExactly(SmallWorld.cluster("a"), SmallWorld.cluster("b"), SmallWorld.cluster("c"));
    for (String more : List.of("d", "e")) {
      put(SmallWorld.service(more));
    }
    await().until(() -> told.stream().anyMatch(f -> f.reason() == Reason.MEMORY_BUDGET));
    assertThat(pipeline.sizes().leftOut()).isPositive();
    assertThat(store.clusterNames()).doesNotContain(SmallWorld.cluster("e"));

    List.of("a", "b", "c").forEach(this::delete);
    await().until(() -> store.clusterNames().contains(SmallWorld.cluster("e")));
    assertThat(pipeline.sizes().leftOut()).isZero();
    assertThat(pipeline.findingCounts().of(Reason.MEMORY_BUDGET)).isZero();
  }

  private void start() {
    pipeline.accept(
        new StateChange.Everything(
            List.of(
                SmallWorld.service("web"),
                SmallWorld.service("cart"),
                SmallWorld.slice("cart", "zone-a", "10.0.0.1")),
            List.of()));
    await().until(store::complete);
    published.clear();
  }

  /** Changes an endpoint and waits until that is served. */
  private void touch(int number) {
    String address = "10.7." + number / 250 + "." + (1 + number % 250);
    put(SmallWorld.slice("cart", "zone-a", address));
    ClientView view = new ClientView("", "zone-a", null);
    await()
        .until(() ->
            store
                .assignment(SmallWorld.cluster("cart"), view)
                .packed()
                .getValue()
                .toStringUtf8()
                .contains(address));
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
