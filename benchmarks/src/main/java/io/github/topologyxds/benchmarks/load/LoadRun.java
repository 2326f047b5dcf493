package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.benchmarks.load.measured.Marks;
import io.github.topologyxds.benchmarks.load.measured.ProcessUsage;
import io.github.topologyxds.benchmarks.load.measured.Spread;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One measurement from the start of the server to its end. */
final class LoadRun {
  private static final int SYNC_SECONDS = 120;
  private static final int ROUND_SECONDS = 30;
  private static final int PAUSE_MILLIS = 500;
  private static final int WARM_UP_ROUNDS = 40;
  private static final int SETTLE_MILLIS = 1_500;
  private static final double MEGABYTE = 1e6;
  private static final double KIB_PER_MIB = 1024;
  private static final double MILLIS = 1000;

  private final LoadPlan plan;
  private final ServerUnderLoad server;
  private final Consumer<String> progress;
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private boolean complete = true;
  private int fleets;

  private LoadRun(LoadPlan plan, ServerUnderLoad server, Consumer<String> progress) {
    this.plan = plan;
    this.server = server;
    this.progress = progress;
  }

  static LoadReport run(LoadPlan plan, Consumer<String> progress)
      throws IOException, InterruptedException {
    return run(plan, ServerUnderLoad::start, progress);
  }

  static LoadReport run(LoadPlan plan, ServerUnderLoad.Starter starter, Consumer<String> progress)
      throws IOException, InterruptedException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    if (plan.reconnects() > 0) {
      warmUpClients(plan, loops);
      progress.accept("the clients are warm");
    }
    try (ServerUnderLoad server = starter.start(plan.world())) {
      LoadRun run = new LoadRun(plan, server, progress);
      run.figures.putAll(plan.described(server.options()));
      run.measure(loops);
      return new LoadReport(run.figures, run.complete);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  /**
   * The clients meet another server first: their JVM would compile while the server that is
   * measured is cold, on the same cores.
   */
  private static void warmUpClients(LoadPlan plan, EventLoopGroup loops)
      throws IOException, InterruptedException {
    try (ServerUnderLoad other = ServerProcess.start(plan.world())) {
      Fleet fleet = new Fleet(plan, null);
      fleet.connect(loops, other.port());
      fleet.awaitSync(SYNC_SECONDS);
      fleet.disconnect();
    }
    settle(plan);
  }

  /** A server is busy for some time with those that have come or gone, the longer the more. */
  private static void settle(LoadPlan plan) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.min(SETTLE_MILLIS, 10L * plan.clients()));
  }

  private void measure(EventLoopGroup loops) throws IOException, InterruptedException {
    LoadPlan.Changes changes = plan.changes();
    for (int fleet = 0; fleet < plan.reconnects(); fleet++) {
      Fleet gone = sync(loops, fleet == 0 ? "cold" : "warm", null);
      gone.disconnect();
      settle(plan);
    }
    int steady = (int) Math.round(changes.rate() * changes.seconds());
    Marks marks = new Marks(changes.rounds() + steady, plan.clients());
    Fleet fleet = sync(loops, plan.reconnects() == 0 ? "cold" : "warm", marks);
    settle(plan);
    if (complete && changes.rounds() > 0) {
      warmUp(fleet);
      fleet.follow(marks);
      if (changes.listing() && server instanceof ServerProcess pipeline) {
        Listing listing = Listing.begin(pipeline.apiPort());
        measureRounds(fleet, marks);
        listing.end();
        listing.describe(figures);
      } else {
        measureRounds(fleet, marks);
      }
    }
    figures.put("rss_mib", rss());
    if (complete && steady > 0) {
      steady(fleet, steady);
    }
    if (complete && plan.routes()) {
      newService(fleet);
    }
    if (complete && plan.reports() && server instanceof ServerProcess pipeline) {
      complete &= LoadReports.measure(fleet, pipeline, figures);
      progress.accept("load reports: " + figures.get("reports_counted"));
    }
    if (complete && changes.idle()) {
      idle();
    }
    end(fleet);
  }

  private Fleet sync(EventLoopGroup loops, String name, @Nullable Marks marks)
      throws IOException, InterruptedException {
    Fleet fleet = new Fleet(plan, marks);
    Phase phase = Phase.begin(server, fleet);
    fleet.connect(loops, server.port());
    complete &= fleet.awaitSync(SYNC_SECONDS);
    Phase.Cost cost = phase.end();
    figures.put(name + "_sync_s", cost.seconds());
    figures.put(name + "_sync_cpu_s", cost.cpu());
    figures.put(name + "_sync_mb", cost.bytes() / MEGABYTE);
    figures.put(name + "_sync_others_cpu_s", cost.others());
    figures.put(name + "_rss_mib", rss());
    fleets++;
    figures.put("fleet_" + fleets + "_rss_mib", rss());
    progress.accept(name + " sync: " + cost + ", without: " + fleet.unsynced());
    return fleet;
  }

  /** Rounds that do not count: the JVM compiles the path of a change after some dozen of them. */
  private void warmUp(Fleet fleet) throws IOException, InterruptedException {
    int count = Math.min(WARM_UP_ROUNDS, plan.changes().rounds());
    Marks marks = new Marks(count, plan.clients());
    fleet.follow(marks);
    rounds(marks, count);
    progress.accept("warmed up: " + marks.spread());
  }

  private void rounds(Marks marks, int count) throws IOException, InterruptedException {
    int clients = plan.clients();
    for (int round = 0; round < count; round++) {
      marks.begin(round);
      server.change(plan.changing(), Marks.address(round));
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(ROUND_SECONDS);
      // With a scope, not all clients hear of this Service.
      while (marks.heard() < (round + 1) * clients && System.nanoTime() < until && plan.allHear()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void measureRounds(Fleet fleet, Marks marks) throws IOException, InterruptedException {
    Phase phase = Phase.begin(server, fleet);
    int clients = plan.clients();
    rounds(marks, plan.changes().rounds());
    Phase.Cost cost = phase.end();
    Spread spread = marks.spread();
    figures.put("change_p50_ms", spread.p50());
    figures.put("change_p99_ms", spread.p99());
    figures.put("change_max_ms", spread.max());
    figures.put("push_cpu_ms", cost.cpu() * MILLIS / Math.max(1, cost.pushes()));
    figures.put("change_pushes", cost.pushes());
    figures.put("rounds_others_cpu_s", cost.others());
    complete &= !plan.allHear() || spread.count() == plan.changes().rounds() * clients;
    progress.accept("rounds: " + spread + " " + cost);
  }

  /** Changes of different Services, at a steady rate, whoever has heard of the last. */
  private void steady(Fleet fleet, int count) throws IOException, InterruptedException {
    Marks marks = new Marks(count, plan.clients());
    fleet.follow(marks);
    ServerUnderLoad.Collections before = server.collections();
    Phase phase = Phase.begin(server, fleet);
    long begun = System.nanoTime();
    for (int change = 0; change < count; change++) {
      long due = begun + (long) (change * 1e9 / plan.changes().rate());
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      marks.begin(change);
      server.change(change % plan.world().services(), Marks.address(change));
    }
    settle(plan);
    Phase.Cost cost = phase.end();
    Spread spread = marks.spread();
    figures.put("rate", plan.changes().rate());
    figures.put("rate_p50_ms", spread.p50());
    figures.put("rate_p99_ms", spread.p99());
    figures.put("rate_max_ms", spread.max());
    figures.put("rate_heard", (double) spread.count() / count / plan.clients());
    figures.put("rate_cpu_percent", 100 * cost.cpu() / cost.seconds());
    figures.put("rate_others_cpu_s", cost.others());
    figures.put("rate_full_gcs", server.collections().full() - before.full());
    figures.put("rate_rss_mib", rss());
    progress.accept("rate: " + spread + " " + cost);
  }

  /** A Service comes, and with it new routes for everybody. */
  private void newService(Fleet fleet) throws IOException, InterruptedException {
    long all = fleet.routings() + plan.clients();
    Phase phase = Phase.begin(server, fleet);
    server.add(plan.world().services());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SYNC_SECONDS);
    while (fleet.routings() < all && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    Phase.Cost cost = phase.end();
    complete &= fleet.routings() >= all;
    figures.put("routes_s", cost.seconds());
    figures.put("routes_cpu_s", cost.cpu());
    figures.put("routes_mb", cost.bytes() / MEGABYTE);
    figures.put("routes_peak_rss_mib", ProcessUsage.of(server.pid()).peakRssKib() / KIB_PER_MIB);
    progress.accept("new routes: " + cost);
  }

  private double rss() throws IOException {
    return ProcessUsage.of(server.pid()).rssKib() / KIB_PER_MIB;
  }

  private void idle() throws IOException, InterruptedException {
    double before = ProcessUsage.of(server.pid()).cpu();
    TimeUnit.SECONDS.sleep(plan.changes().seconds());
    double used = ProcessUsage.of(server.pid()).cpu() - before;
    figures.put("idle_cpu_percent", 100 * used / plan.changes().seconds());
    figures.put("idle_rss_mib", rss());
  }

  private void end(Fleet fleet) throws IOException {
    complete &= fleet.lost() == 0;
    figures.put("lost_streams", fleet.lost());
    figures.put("peak_rss_mib", ProcessUsage.of(server.pid()).peakRssKib() / KIB_PER_MIB);
    var collections = server.collections();
    figures.put("young_gcs", collections.young());
    figures.put("full_gcs", collections.full());
    figures.put("full_gc_causes", String.join(", ", collections.causes()));
    fleet.reasons().forEach(progress);
    fleet.disconnect();
  }
}
