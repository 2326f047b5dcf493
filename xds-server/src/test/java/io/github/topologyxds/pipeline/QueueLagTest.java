package io.github.topologyxds.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How far publication is behind the source. */
class QueueLagTest {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final CountDownLatch publishing = new CountDownLatch(1);
  private final CountDownLatch let = new CountDownLatch(1);

  @Test
  void isTheAgeOfTheOldestChangeThatIsNotPublished() throws Exception {
    try (TranslationPipeline pipeline =
        new TranslationPipeline(
            new Translator(RoutingOptions.DEFAULT),
            new ResourceStore("cluster.local"),
            update -> block(),
            ServiceBudget.ofHeap(),
            new Clocks(clock::get, InstantSource.system()))) {
      assertThat(pipeline.lagNanos()).isZero();
      pipeline.accept(node("node-a"));
      publishing.await();
      clock.addAndGet(500);
      assertThat(pipeline.lagNanos()).isEqualTo(500);

      // What came later is younger than what is worked on.
      pipeline.accept(node("node-b"));
      clock.addAndGet(200);
      assertThat(pipeline.lagNanos()).isEqualTo(700);

      let.countDown();
      await().untilAsserted(() -> assertThat(pipeline.lagNanos()).isZero());
    }
  }

  private void block() {
    publishing.countDown();
    try {
      let.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static StateChange node(String name) {
    return new StateChange.Everything(
        List.of(new ModelObject.OfNode(new NodeModel(name, "zone-a", ""))), List.of());
  }
}
