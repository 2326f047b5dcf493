package io.github.topologyxds.benchmarks;

import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.source.kubernetes.KubernetesSource;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
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
 * 10,000 Services with 100,000 endpoints and 1,000 Nodes over HTTP: the time from the first LIST,
 * in a JVM that has just started, to the first complete state; the heap that it takes, with every
 * Service's load assignments for 3 zones; and the time from a watch's event to the ResourceStore.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 0)
public class KubernetesSyncBenchmark {
  private static final int SERVICES = 10_000;
  private static final double MEGABYTE = 1 << 20;
  private static final List<String> ZONES = List.of("zone-0", "zone-1", "zone-2");

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final LinkedBlockingQueue<String> published = new LinkedBlockingQueue<>();
  private long version = 2_000;
  private final long begun = System.nanoTime();
  private final Followed followed = Followed.start(store, published);
  private long syncMillis;

  /** A source that follows a generated cluster. */
  private record Followed(
      GeneratedApi api,
      KubernetesAccess access,
      TranslationPipeline pipeline,
      KubernetesSource source) {
    static Followed start(ResourceStore store, LinkedBlockingQueue<String> published) {
      try {
        GeneratedApi api = GeneratedApi.start(SERVICES, 10, 1_000);
        KubernetesAccess access = KubernetesAccess.open(api.kubeconfig(), null);
        TranslationPipeline pipeline =
            new TranslationPipeline(
                new Translator(RoutingOptions.DEFAULT), store, p -> published.offer("published"));
        return new Followed(
            api, access, pipeline, KubernetesSource.start(access, List.of(), pipeline));
      } catch (IOException | SourceException e) {
        throw new IllegalStateException("the generated cluster cannot be followed", e);
      }
    }

    void close() {
      source.close();
      pipeline.close();
      access.close();
      api.close();
    }
  }

  /** Syncs once; how long that took is printed in the end. */
  @Setup
  public void sync() throws InterruptedException {
    while (!store.complete()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    syncMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    for (String name : store.clusterNames()) {
      ZONES.forEach(zone -> store.assignment(name, new ClientView("", zone, null)));
    }
  }

  /** From an event on the wire to the Service's three load assignments. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @Measurement(iterations = 5, time = 2)
  public int oneChange() throws InterruptedException {
    version++;
    int service = (int) (version % SERVICES);
    published.clear();
    followed.api().change(service, "10." + (20 + version % 90) + ".0.1");
    published.take();
    int bytes = 0;
    for (String zone : ZONES) {
      bytes +=
          store
              .assignment("shop/svc-" + service + ":http", new ClientView("", zone, null))
              .packed()
              .getSerializedSize();
    }
    return bytes;
  }

  /** Prints what a measurement of a single shot cannot: the sync, and the heap. */
  @TearDown
  public void close() {
    System.out.printf(
        "synced in %d ms; heap after GC %.0f MB%n", syncMillis, usedHeap() / MEGABYTE);
    followed.close();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
