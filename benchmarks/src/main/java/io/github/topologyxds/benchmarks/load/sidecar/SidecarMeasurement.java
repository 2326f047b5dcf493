package io.github.topologyxds.benchmarks.load.sidecar;

import io.github.topologyxds.benchmarks.load.LaunchedServer;
import io.github.topologyxds.benchmarks.load.OnDemandFleet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The sidecars over one world, and what they cost. */
final class SidecarMeasurement {
  private static final int STARTS = 3;
  private static final int NEW_SERVICES = 5;
  private static final int SETTLE_SECONDS = 2;
  private static final double MEGABYTE = 1e6;
  private static final double GOAL_MEGABYTES = 75;
  private static final double GOAL_START_MILLIS = 100;
  private static final double GOAL_P50_MILLIS = 5;
  private static final double GOAL_P99_MILLIS = 50;

  private final SidecarWorld world;
  private final LaunchedServer server;
  private final FigureTable table;
  private final Consumer<String> progress;
  private final List<Integer> used;

  SidecarMeasurement(
      SidecarWorld world,
      LaunchedServer server,
      int used,
      FigureTable table,
      Consumer<String> progress) {
    this.world = world;
    this.server = server;
    this.used = world.counts().spread(used);
    this.table = table;
    this.progress = progress;
  }

  /** Adds what one costs that uses some Services, and returns it. */
  MeasuredSidecar cost() throws IOException, InterruptedException {
    String in =
        "%,d HTTP, %,d TCP and %,d undeclared Services, %d used: "
            .formatted(
                world.counts().http(),
                world.counts().tcp(),
                world.counts().undeclared(),
                used.size());
    List<Double> starts = new ArrayList<>();
    for (int i = 1; i < STARTS; i++) {
      try (MeasuredSidecar other = start()) {
        starts.add(other.startCpuMillis());
      }
    }
    MeasuredSidecar sidecar = start();
    starts.add(sidecar.startCpuMillis());
    table.add(in + "CPU time at the start", GOAL_START_MILLIS, median(starts), "ms");
    table.add(in + "what its first answers hold", (double) sidecar.received(), "bytes");
    for (int service : used) {
      sidecar.get(SidecarWorld.clusterIp(service), world.port(service));
    }
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    table.add(in + "RSS", GOAL_MEGABYTES, sidecar.rss() / MEGABYTE, "MB");
    newServices(in, sidecar);
    return sidecar;
  }

  private MeasuredSidecar start() throws IOException, InterruptedException {
    List<String> tcp =
        used.stream().filter(world.counts()::isUndeclared).map(SidecarWorld::clusterIp).toList();
    MeasuredSidecar sidecar = MeasuredSidecar.start(server.port(), tcp);
    progress.accept("started: %.0f ms of CPU".formatted(sidecar.startCpuMillis()));
    return sidecar;
  }

  /** They are there when another sidecar, which uses them, is served. */
  private void newServices(String in, MeasuredSidecar sidecar)
      throws IOException, InterruptedException {
    List<Double> bytes = new ArrayList<>();
    double cpu = sidecar.cpuMillis();
    try (MeasuredSidecar other = start()) {
      for (int i = 0; i < NEW_SERVICES; i++) {
        int service = world.counts().all() + i;
        other.serves("svc-" + service + ".bench");
        long before = sidecar.received();
        world.add(service);
        while (!other.serves("svc-" + service + ".bench")) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        bytes.add((double) (sidecar.received() - before));
      }
    }
    table.add(in + "sent for a new Service that it does not use", 0, median(bytes), "bytes");
    table.add(
        in + "CPU time for " + NEW_SERVICES + " such, its admin port included",
        sidecar.cpuMillis() - cpu,
        "ms");
  }

  /** Adds how long the first request of a name takes, with others at the server. */
  void firstRequests(MeasuredSidecar sidecar, OnDemandFleet.Size others, int names)
      throws IOException, InterruptedException {
    try (OnDemandFleet fleet = OnDemandFleet.connect(server.port(), others)) {
      progress.accept("all others have what they use");
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      String beside = ", %,d other sidecars at the server: ".formatted(others.clients());
      List<Double> http = first(sidecar, 0, world.counts().http(), names);
      table.add(
          "first request of a name, HTTP" + beside + "p50", GOAL_P50_MILLIS, median(http), "ms");
      table.add("the same: p99", GOAL_P99_MILLIS, quantile(http, 0.99), "ms");
      List<Double> tcp =
          first(
              sidecar, world.counts().http(), world.counts().http() + world.counts().tcp(), names);
      table.add("first connection of a name, TCP" + beside + "p50", median(tcp), "ms");
      table.add("the same: p99", quantile(tcp, 0.99), "ms");
      table.add("sidecars lost meanwhile", 0, fleet.lost(), "");
    }
  }

  private List<Double> first(MeasuredSidecar sidecar, int from, int to, int names)
      throws IOException {
    List<Double> took = new ArrayList<>();
    for (int service :
        IntStream.range(from, to).filter(n -> !used.contains(n)).limit(names).toArray()) {
      took.add(sidecar.get(SidecarWorld.clusterIp(service), world.port(service)));
    }
    return took;
  }

  private static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) (sorted.size() * share));
  }
}
