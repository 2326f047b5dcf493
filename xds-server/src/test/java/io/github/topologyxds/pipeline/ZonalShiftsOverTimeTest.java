package io.github.topologyxds.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.KeptState;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Zones are emptied and come back by the wall clock, which is the test's: nobody does anything. */
class ZonalShiftsOverTimeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ObjectName CART = new ObjectName("shop", "cart");

  private static final String WORLD =
      """
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop},
       spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]}}
      ---
      {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
       metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}},
       ports: [{port: 8080, name: ''}], endpoints: [{addresses: [10.0.0.1], zone: zone-a},
       {addresses: [10.0.0.2], zone: zone-b}]}
      """;

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final TranslationPipeline pipeline =
      new TranslationPipeline(
          new Translator(RoutingOptions.DEFAULT),
          store,
          update -> {},
          ServiceBudget.ofHeap(),
          new Clocks(System::nanoTime, wall::get));

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void itExpiresAndReturnsByItself() {
    accept(WORLD + shift("one", "zone-b", "2026-03-01T13:00:00Z"));
    awaitPercent(0);

    wall.set(Instant.parse("2026-03-01T13:00:00Z"));
    awaitPercent(10);
    wall.set(Instant.parse("2026-03-01T13:07:00Z"));
    awaitPercent(50);
    wall.set(Instant.parse("2026-03-01T13:10:00Z"));
    awaitPercent(100);
  }

  @Test
  void deletedItIsBackAtOnce() {
    accept(WORLD + shift("one", "zone-b", "2026-03-01T13:00:00Z"));
    awaitPercent(0);
    accept(WORLD);
    awaitPercent(100);
  }

  @Test
  void theOneThatWouldLeaveNoZoneMovesNothing() {
    accept(WORLD + shift("one", "zone-b", "2026-03-01T13:00:00Z"));
    awaitPercent(0);
    accept(
        WORLD
            + shift("one", "zone-b", "2026-03-01T13:00:00Z")
            + shift("a-new-one", "zone-a", "2026-03-01T13:00:00Z"));
    await().until(() -> store.findings().count(Reason.ZONAL_SHIFT_REFUSED) == 1);

    assertThat(pipeline.served().shifts().zones().byZone()).containsOnlyKeys("zone-b");
  }

  /** The last state on disk has them, too: a server that starts without its source goes on. */
  @Test
  void theyAreKept() {
    accept(WORLD + shift("one", "zone-b", "2026-03-01T13:00:00Z"));
    KeptState kept = pipeline.kept().join();
    assertThat(kept.shifts()).extracting(shift -> shift.name()).containsExactly("one");
    try (TranslationPipeline next =
        new TranslationPipeline(
            new Translator(RoutingOptions.DEFAULT),
            new ResourceStore("cluster.local"),
            update -> {},
            ServiceBudget.ofHeap(),
            new Clocks(System::nanoTime, wall::get))) {
      next.accept(new StateChange.Restored(kept, List.of()));
      await().until(() -> percent(next) == 0);
    }
  }

  private void accept(String text) {
    pipeline.accept(
        new StateChange.Everything(Manifests.of("world.yaml", text).objects(), List.of()));
  }

  private void awaitPercent(int percent) {
    await().until(() -> percent(pipeline) == percent);
  }

  /** Of its share that zone-b has in what the Service was translated from last; -1: none yet. */
  private static int percent(TranslationPipeline pipeline) {
    return pipeline
        .served()
        .service(CART)
        .map(state -> state.shifts().of("zone-b").map(ShiftedZone::percent).orElse(100))
        .orElse(-1);
  }

  private static String shift(String name, String zone, String expireAt) {
    return """
    ---
    {apiVersion: topology-xds.io/v1alpha1, kind: ZonalShift, metadata: {name: %s},
     spec: {awayFrom: %s, expireAt: '%s'}}
    """
        .formatted(name, zone, expireAt);
  }
}
