package io.github.topologyxds.benchmarks;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
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

/** One endpoint changes in a world of 10,000 Services with 10 endpoints, seen from 3 zones. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class OneChangeBenchmark {
  private static final int SERVICES = 10_000;
  private static final int CHANGED = 5_000;
  private static final List<String> ZONES = List.of("zone-0", "zone-1", "zone-2");
  private static final int FIRST = SERVICES * 3;

  private final SyntheticCluster cluster = new SyntheticCluster(ZONES.size());
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final SynchronousQueue<Boolean> published = new SynchronousQueue<>();
  private final TranslationPipeline pipeline =
      new TranslationPipeline(
          new Translator(RoutingOptions.DEFAULT), store, update -> hand(published));
  private int round;

  /** Puts the world in place. */
  @Setup
  public void prepare() throws InterruptedException {
    pipeline.accept(new StateChange.Everything(cluster.objects(SERVICES, 10), List.of()));
    var unused = published.take();
    readAll();
  }

  /** Ends the pipeline's thread, and shows how much was translated for each change. */
  @TearDown
  public void close() {
    pipeline.close();
    System.out.printf(
        "%d load assignments translated: %d at first, then %.2f for each of %d changes%n",
        store.translations(), FIRST, (store.translations() - FIRST) / (double) round, round);
  }

  /** From the changed slice to the three load assignments that clients would get. */
  @Benchmark
  public List<XdsResource> changeOneEndpoint() throws InterruptedException {
    round++;
    List<ObjectChange> changes = new ArrayList<>();
    for (ModelObject slice : cluster.slices(CHANGED, 10, 100 + round % 100)) {
      changes.add(new ObjectChange.Put(slice));
    }
    pipeline.accept(new StateChange.Difference(changes, List.of()));
    var unused = published.take();
    return read("bench/svc-" + CHANGED + ":http");
  }

  private void readAll() {
    store.clusterNames().forEach(this::read);
  }

  private List<XdsResource> read(String name) {
    return ZONES.stream()
        .map(zone -> store.assignment(name, new ClientView("", zone, null)))
        .toList();
  }

  private static void hand(SynchronousQueue<Boolean> queue) {
    try {
      queue.put(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
