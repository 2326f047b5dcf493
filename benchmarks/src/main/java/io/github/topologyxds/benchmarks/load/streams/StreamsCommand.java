package io.github.topologyxds.benchmarks.load.streams;

import io.github.topologyxds.benchmarks.load.ServerProcess;
import io.github.topologyxds.benchmarks.load.measured.ProcessUsage;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run streams}: what an Envoy costs that has a stream for each cluster. */
@Command(
    name = "streams",
    description =
        "One connection with a stream for each of many clusters, which says on each who it is;"
            + " connects, and connects anew. Prints the server's time and memory: what lives in its"
            + " heap after a collection, and its RSS.",
    mixinStandardHelpOptions = true)
public final class StreamsCommand implements Callable<Integer> {
  private static final int ENDPOINTS = 10;

  @Option(names = "--streams", defaultValue = "1000", description = "1 to 2,000.")
  private int streams;

  @Option(names = "--reconnects", defaultValue = "2", description = "After the first connection.")
  private int reconnects;

  /** Runs it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StreamsCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(streams, ENDPOINTS)) {
      // What the first client brings into the server whoever it is: classes, buffers, threads.
      try (EndpointStreams one = new EndpointStreams(server.port(), 1)) {
        one.awaitAll();
      }
      long before = server.heap();
      System.out.printf(
          "no stream:     live heap %5.1f MB, RSS %4d MiB%n", megabytes(before), rss(server));
      for (int connection = 0; connection <= reconnects; connection++) {
        measure(server, connection == 0 ? "first sync" : "reconnect " + connection, before);
      }
      System.out.printf(
          "all gone:      live heap %5.1f MB, RSS %4d MiB (highest %d)%n",
          megabytes(server.heap()), rss(server), ProcessUsage.of(server.pid()).peakRssKib() >> 10);
    }
    return 0;
  }

  private void measure(ServerProcess server, String what, long before)
      throws IOException, InterruptedException {
    double cpu = ProcessUsage.of(server.pid()).cpu();
    long begun = System.nanoTime();
    try (EndpointStreams all = new EndpointStreams(server.port(), streams)) {
      all.awaitAll();
      double seconds = (System.nanoTime() - begun) / 1e9;
      double used = ProcessUsage.of(server.pid()).cpu() - cpu;
      long rss = rss(server);
      long heap = server.heap();
      System.out.printf(
          "%-14s live heap %5.1f MB (%4.1f KB a stream), RSS %4d MiB, %5.2f s, %5.2f s of CPU%n",
          what + ":", megabytes(heap), (heap - before) / 1e3 / streams, rss, seconds, used);
    }
  }

  private static double megabytes(long bytes) {
    return bytes / 1e6;
  }

  private static long rss(ServerProcess server) throws IOException {
    return ProcessUsage.of(server.pid()).rssKib() >> 10;
  }
}
