package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.pipeline.Clocks;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.ServiceLimits;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is computed of the heap is what it takes, or somewhat more, whatever it is made of: from
 * JSON by the source to what clients of all zones were given.
 */
@Tag("hostile")
class MemoryCostTest {
  private static final long WITHOUT_LIMIT = 1L << 50;

  /** Two measurements that differ by less are the same. */
  private static final long NOISE = 100_000;

  @ParameterizedTest
  @MethodSource("io.github.topologyxds.source.kubernetes.HeapWorlds#worlds")
  void whatIsComputedIsWhatTheHeapHolds(ListedWorld world) throws Exception {
    Deque<Served> served = new ArrayDeque<>(List.of(Served.of(world)));
    long computed = served.getFirst().pipeline().sizes().cost();
    long with = usedHeap();
    end(served);
    AtomicLong measured = new AtomicLong();
    // What is let go of may be held for a moment more, by a thread that ends or a late collection.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          measured.set(with - usedHeap());
          assertThat(computed)
              .as(world.title())
              .isBetween(measured.get() - NOISE, 2 * measured.get());
        });
    System.out.printf(
        "%-50s computed %5.1f MB, measured %5.1f MB, %.2f%n",
        world.title(), computed / 1e6, measured.get() / 1e6, (double) computed / measured.get());
  }

  /** All that the process holds for a cluster. */
  private record Served(ObservedState source, TranslationPipeline pipeline, ResourceStore store) {
    static Served of(ListedWorld world) throws ApiFailure, InterruptedException {
      ObservedState source = new ObservedState(Feed.of(List.of()));
      ResourceStore store = new ResourceStore("cluster.local");
      CountDownLatch published = new CountDownLatch(1);
      TranslationPipeline pipeline =
          new TranslationPipeline(
              new Translator(RoutingOptions.DEFAULT),
              store,
              update -> published.countDown(),
              new ServiceBudget(WITHOUT_LIMIT, ServiceLimits.DEFAULT.namespace()),
              Clocks.SYSTEM);
      for (WatchedKind kind : WatchedKind.ROUTING) {
        source.apply(world.list(kind));
      }
      pipeline.accept(source.next().orElseThrow());
      published.await();
      for (String zone : world.zones()) {
        // The routes of clients in two namespaces are reckoned with.
        ask(store, "shop", zone, "");
        ask(store, "", zone, "IPv6");
      }
      return new Served(source, pipeline, store);
    }
  }

  /** A client that asks for everything. */
  private static void ask(ResourceStore store, String namespace, String zone, String family) {
    Struct.Builder metadata =
        Struct.newBuilder()
            .putFields("NAMESPACE", Value.newBuilder().setStringValue(namespace).build())
            .putFields("IP_FAMILY", Value.newBuilder().setStringValue(family).build());
    Node node =
        Node.newBuilder()
            .setLocality(Locality.newBuilder().setZone(zone))
            .setMetadata(metadata)
            .build();
    ClientResources client = store.forClient(ClientNode.of(node), XdsProtocol.DELTA);
    for (String cluster : client.names(ResourceType.CLUSTER)) {
      client.get(ResourceType.ENDPOINT, cluster);
    }
    client.get(ResourceType.ROUTE, ResourceNames.OUTBOUND);
  }

  /** Lets go of it, its thread included. */
  private static void end(Deque<Served> served) throws InterruptedException {
    served.removeFirst().pipeline().close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("state")) {
        thread.join();
      }
    }
  }

  private static long usedHeap() {
    long before;
    long used = Long.MAX_VALUE;
    do {
      before = used;
      used = usedOnce();
    } while (Math.abs(before - used) > NOISE);
    return used;
  }

  /** Serial's full collection may leave what is dead where it lies, but for every fourth one. */
  private static long usedOnce() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
