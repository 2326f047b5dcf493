package io.github.topologyxds.demo;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.TemporaryFolder;
import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.load.MeasuredLoad;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The flow of the command {@code demo}: three phases on one stage, and then the end or not. */
public final class Demo {
  /**
   * Where it prints.
   *
   * @param result tables and verdict (stdout)
   * @param progress what is going on (stderr)
   */
  public record Output(PrintWriter result, PrintWriter progress) {}

  static final String ALL_WELL = "all requests went where they should";

  private static final LoadBounds PER_ZONE = LoadBounds.of(500, 4);

  /** More than the phases take. */
  private static final int MINUTES = 10;

  private static final Duration REPORTED_WITHIN = Duration.ofSeconds(10);

  private final DemoServer.Starter starter;
  private final DemoPreference preference;
  private final Output output;

  /**
   * Starts nothing yet.
   *
   * @param starter starts the control plane
   * @param output where tables and complaints are printed
   */
  public Demo(DemoServer.Starter starter, DemoPreference preference, Output output) {
    this.starter = starter;
    this.preference = preference;
    this.output = output;
  }

  /** What comes after the phases. */
  private interface Sequel {
    void play(DemoWorld world, DemoStage stage, DemoServer server, Optional<String> complaint)
        throws IOException;
  }

  /**
   * Runs all phases and prints their tables.
   *
   * @return the first thing that was not as it should be, in one line; empty: all is well
   * @throws IOException when something could not be started
   */
  public Optional<String> run() throws IOException {
    return run((world, stage, server, complaint) -> {});
  }

  /**
   * Does the same, prints what came of it, and goes on until this JVM is told to end (Ctrl-C).
   *
   * @throws IOException when something could not be started
   */
  public void runAndKeep() throws IOException {
    try (StopSignal signal = StopSignal.listen()) {
      Optional<String> unused =
          run((world, stage, server, complaint) -> {
            output.result().println(complaint.orElse(ALL_WELL) + "\n");
            new KeptDemo(world, stage, server, output.result()).keep(signal);
          });
    }
  }

  private Optional<String> run(Sequel sequel) throws IOException {
    EnvoyBinary binary = EnvoyBinary.find();
    try (TemporaryFolder folder = TemporaryFolder.create("topology-xds-demo")) {
      DemoWorld world = DemoWorld.write(folder.path(), preference, FreePorts.next());
      return run(world, binary, sequel);
    }
  }

  private Optional<String> run(DemoWorld world, EnvoyBinary binary, Sequel sequel)
      throws IOException {
    say(
        "Service shop/web has 3 backends in each of 3 zones; its EndpointSlice says (by hints) that"
            + " each zone is served by its own.");
    try (DemoStage stage = DemoStage.of(world);
        DemoServer server = starter.start(world.folder())) {
      say(
          "starting topology-xds on %s and an Envoy in each zone (%s)"
              .formatted(world.folder(), binary.path()));
      stage.startEnvoys(binary, server.xdsPort());
      Optional<String> first = Optional.empty();
      for (DemoPhase phase : DemoPhase.values()) {
        Optional<String> complaint = play(phase, world, stage);
        first = first.or(() -> complaint);
      }
      showReported(server.loads());
      sequel.play(world, stage, server, first);
      return first;
    }
  }

  private Optional<String> play(DemoPhase phase, DemoWorld world, DemoStage stage)
      throws IOException {
    long begun = System.nanoTime();
    phase.bringAbout(world);
    stage.awaitHealthy(world.addressesOutside(phase.drained()));
    say(
        "%s: every Envoy knows after %d ms; sending %d requests from each zone"
            .formatted(
                phase.title(), (System.nanoTime() - begun) / 1_000_000, PER_ZONE.requests()));
    List<LoadResult> results = stage.send(PER_ZONE);
    DemoRequests requests = DemoRequests.of(results);
    ZoneTable table = stage.takeCounts();
    output
        .result()
        .printf(
            "%s: %d requests sent, %d failed, %d counted by the backends%n%s%n",
            phase.title(), requests.sent(), requests.failed(), table.total(), table.text());
    output.result().flush();
    return phase.complaint(table, requests);
  }

  /** All phases together, as the Envoys see them. */
  private void showReported(MeasuredLoad loads) throws IOException {
    long sent = PER_ZONE.requests() * DemoWorld.ZONES.size() * DemoPhase.values().length;
    LoadMatrix reported = loads.all(MINUTES);
    long deadline = System.nanoTime() + REPORTED_WITHIN.toNanos();
    while (reported.total().requests() < sent && System.nanoTime() < deadline) {
      Convergence.pause();
      reported = loads.all(MINUTES);
    }
    output
        .result()
        .printf(
            "together, as the Envoys report it: %d of %d requests, %.1f%% of them to another zone%n%s%n",
            reported.total().requests(),
            sent,
            100 * reported.crossZoneShare(),
            ZoneTable.of(DemoWorld.ZONES, reported).text());
    output.result().flush();
  }

  private void say(String line) {
    output.progress().println(line);
    output.progress().flush();
  }
}
