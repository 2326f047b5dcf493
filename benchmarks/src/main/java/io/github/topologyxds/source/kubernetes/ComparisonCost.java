package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.benchmarks.GeneratedApi;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * {@code benchmarks/run comparison [SERVICES [NODES]]}: what the hourly comparison costs (decision
 * 0019): the metadata of all Namespaces, Nodes, Services and EndpointSlices, in pages, with the
 * fields that an API server sends of them. CPU time is of all threads but the generated server's.
 */
final class ComparisonCost {
  private static final int WARM_UP = 3;
  private static final double MEGABYTE = 1e6;
  private static final double MILLIS = 1e6;

  private ComparisonCost() {}

  public static void main(String[] args)
      throws IOException, SourceException, ApiFailure, InterruptedException {
    int services = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int nodes = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (GeneratedApi api = GeneratedApi.start(services, 10, nodes);
        KubernetesAccess access = KubernetesAccess.open(api.kubeconfig(), null)) {
      System.out.println("compiled  requests      MB  CPU ms  objects");
      for (int run = 0; run <= WARM_UP; run++) {
        measure(api, access, run == 0 ? "cold" : "warm " + run);
      }
    }
  }

  private static void measure(GeneratedApi api, KubernetesAccess access, String name)
      throws ApiFailure, InterruptedException {
    long requests = api.requests();
    long bytes = api.bytes();
    long cpu = cpuNanos();
    int objects = 0;
    for (Feed feed : Feed.of(List.of())) {
      FeedHealth health = new FeedHealth(feed, System::nanoTime, new OutageLog(System::nanoTime));
      CollectionReader reader = new CollectionReader(access.api(), health, new CountDownLatch(1));
      objects += reader.identities().objects().size();
    }
    System.out.printf(
        Locale.ROOT,
        "%-8s %9d %7.1f %7.0f %8d%n",
        name,
        api.requests() - requests,
        (api.bytes() - bytes) / MEGABYTE,
        (cpuNanos() - cpu) / MILLIS,
        objects);
  }

  /** The server answers on virtual threads, whose CPU time is their carriers'. */
  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null
          && !thread.getThreadName().startsWith("ForkJoinPool")
          && !thread.getThreadName().startsWith("HTTP-Dispatcher")) {
        nanos += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return nanos;
  }
}
