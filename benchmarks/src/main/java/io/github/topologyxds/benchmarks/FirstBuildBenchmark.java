package io.github.topologyxds.benchmarks;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first build of 1,000 Services x 10 endpoints for 3 zones in a JVM that has just started, each
 * shot in a JVM of its own; and the heap that the result takes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstBuildBenchmark {
  private static final int SERVICES = 1_000;
  private static final double MEGABYTE = 1 << 20;

  private final List<ModelObject> objects = new ArrayList<>();
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final CountDownLatch published = new CountDownLatch(1);
  private final TranslationPipeline pipeline =
      new TranslationPipeline(
          new Translator(RoutingOptions.DEFAULT), store, update -> published.countDown());
  private long heapBefore;

  /** Builds the input, which does not count. */
  @Setup
  public void prepare() {
    SyntheticCluster cluster = new SyntheticCluster(3);
    objects.addAll(cluster.objects(SERVICES, 10));
    heapBefore = usedHeap();
  }

  /** From the complete state to every cluster's load assignment for each zone. */
  @Benchmark
  public int firstBuild() throws InterruptedException {
    pipeline.accept(new StateChange.Everything(objects, List.of()));
    published.await();
    int bytes = 0;
    for (String name : store.clusterNames()) {
      for (String zone : List.of("zone-0", "zone-1", "zone-2")) {
        bytes +=
            store.assignment(name, new ClientView("", zone, null)).packed().getSerializedSize();
      }
    }
    return bytes;
  }

  /** Shows the heap: all that is kept, but for the input itself. */
  @TearDown
  public void close() {
    System.out.printf(
        "heap of the state and its resources: %.1f MB (input %.1f MB)%n",
        (usedHeap() - heapBefore) / MEGABYTE, heapBefore / MEGABYTE);
    pipeline.close();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
