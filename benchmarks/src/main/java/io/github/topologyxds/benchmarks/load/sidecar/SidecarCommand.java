package io.github.topologyxds.benchmarks.load.sidecar;

import io.github.topologyxds.benchmarks.load.LaunchedServer;
import io.github.topologyxds.benchmarks.load.OnDemandFleet;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run sidecar}: what a sidecar on demand costs, and a thousand at a server. */
@Command(
    name = "sidecar",
    description =
        "A real Envoy as a sidecar on demand, beside which there are many at the server, and a"
            + " server that has such clients alone; prints a table for docs/performance.md. JAVA_OPTS:"
            + " the server's JVM.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SidecarCommand implements Callable<Integer> {
  private static final int ZONES = 3;
  private static final double MIB_IN_MEGABYTES = 1.048576;

  @Option(names = "--http", defaultValue = "2000", description = "HTTP Services.")
  private int http;

  @Option(names = "--tcp", defaultValue = "2000", description = "TCP Services.")
  private int tcp;

  @Option(
      names = "--undeclared",
      defaultValue = "4000",
      description = "Services on port 80 that do not say HTTP, beside those, in the second world.")
  private int undeclared;

  @Option(names = "--used", defaultValue = "20", description = "Of these by the sidecar.")
  private int used;

  @Option(names = "--clients", defaultValue = "1000", description = "Others at the server.")
  private int clients;

  @Option(names = "--names", defaultValue = "50", description = "That each of them uses.")
  private int names;

  @Option(names = "--first", defaultValue = "500", description = "First requests of each kind.")
  private int first;

  @Option(
      names = "--endpoints",
      defaultValue = "3",
      description = "Of each Service, where the server is measured.")
  private int endpoints;

  @Option(names = "--rounds", defaultValue = "40", description = "Changes there.")
  private int rounds;

  private final FigureTable table = new FigureTable();
  private final Consumer<String> progress = System.err::println;

  /** Runs it. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] args) {
    System.exit(new CommandLine(new SidecarCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int port = FreePorts.next();
    List<EchoBackend> backends = new ArrayList<>();
    try {
      for (int zone = 0; zone < ZONES; zone++) {
        String address = SidecarWorld.backend(zone);
        backends.add(
            EchoBackend.start(
                new BackendSpec("pod-" + zone, "zone-" + zone, "node-" + zone, address, port)));
      }
      envoy(new SidecarWorld.Counts(http, tcp, 0), port);
      if (undeclared > 0) {
        envoy(new SidecarWorld.Counts(http, tcp, undeclared), port);
      }
    } finally {
      backends.forEach(EchoBackend::close);
    }
    if (clients > 0) {
      server();
    }
    System.out.print(table);
    return 0;
  }

  private void envoy(SidecarWorld.Counts counts, int port)
      throws IOException, InterruptedException {
    progress.accept("a server over " + counts);
    SidecarWorld world = SidecarWorld.create(counts, port);
    try (LaunchedServer server = LaunchedServer.start(world)) {
      SidecarMeasurement measurement = new SidecarMeasurement(world, server, used, table, progress);
      try (MeasuredSidecar sidecar = measurement.cost()) {
        if (counts.undeclared() == 0 && clients > 0) {
          measurement.firstRequests(
              sidecar, new OnDemandFleet.Size(clients, counts.all(), names), first);
        }
      }
    }
  }

  private void server() throws IOException, InterruptedException {
    Map<String, Object> figures =
        OnDemandFleet.measure(
            new OnDemandFleet.Size(clients, http + tcp, names), endpoints, rounds, progress);
    String with =
        "server with %,d sidecars that use %d of %,d Services each: "
            .formatted(clients, names, http + tcp);
    table.add(with + "first sync, warm", 1.5, number(figures, "warm_sync_s"), "s");
    table.add(with + "first sync right after its start", number(figures, "cold_sync_s"), "s");
    table.add(with + "RSS", 200, number(figures, "rss_mib") * MIB_IN_MEGABYTES, "MB");
    table.add(with + "change to client, p50", 35, number(figures, "change_p50_ms"), "ms");
    table.add(with + "change to client, p99", 90, number(figures, "change_p99_ms"), "ms");
    table.add(
        with + "CPU time that neither it nor they used in the sync",
        number(figures, "warm_sync_others_cpu_s"),
        "s");
  }

  private static double number(Map<String, Object> figures, String name) {
    return figures.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
