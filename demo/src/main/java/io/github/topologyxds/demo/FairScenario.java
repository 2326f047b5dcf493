package io.github.topologyxds.demo;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.demo.workspace.TemporaryFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code demo --scenario fair}: three zones that send the same, one of nine backends in the first;
 * strict near routing, and fair beside it.
 */
final class FairScenario {
  private static final DemoBackends BACKENDS = DemoBackends.SKEWED;
  private static final LoadBounds PER_ZONE = LoadBounds.of(3000, 4);

  /** Of the load: the whole run. */
  private static final int MINUTES = 10;

  /** Reports every two seconds, and twice that until they count. */
  private static final Duration MEASURED_WITHIN = Duration.ofSeconds(30);

  private final DemoServer.Starter starter;
  private final Demo.Output output;

  FairScenario(DemoServer.Starter starter, Demo.Output output) {
    this.starter = starter;
    this.output = output;
  }

  /**
   * Runs both and prints their tables.
   *
   * @return the first thing that was not as it should be, in one line; empty: all is well
   * @throws IOException when something could not be started
   */
  Optional<String> run() throws IOException {
    EnvoyBinary binary = EnvoyBinary.find();
    try (TemporaryFolder folder = TemporaryFolder.create("topology-xds-demo")) {
      DemoWorld world =
          DemoWorld.write(folder.path(), DemoPreference.AS_WRITTEN, BACKENDS, FreePorts.next());
      say(
          "Service shop/web has 1 backend in zone-a and 4 in each of zone-b and zone-c; each zone"
              + " sends the same.");
      try (DemoStage stage = DemoStage.of(world);
          DemoServer server = starter.start(world.folder())) {
        say("starting topology-xds on " + world.folder() + " and an Envoy in each zone");
        stage.startEnvoys(binary, server.xdsPort());
        stage.awaitHealthy(world.addressesOutside(""));
        EndpointLoads strict = send("strict", stage);
        awaitReported(server, strict.requests().sent());
        world.ask(DemoPreference.FAIR);
        awaitMeasured(server);
        stage.awaitSpread(DemoWorld.ZONES.getFirst());
        EndpointLoads fair = send("fair", stage);
        output.result().println(EndpointLoads.beside(strict, fair));
        output.result().flush();
        return strict.complaint("strict").or(() -> fair.complaint("fair")).or(fair::unfair);
      }
    }
  }

  private EndpointLoads send(String title, DemoStage stage) {
    say("%s: sending %d requests from each zone".formatted(title, PER_ZONE.requests()));
    stage.takeCounts();
    DemoRequests requests = DemoRequests.of(stage.send(PER_ZONE));
    ZoneTable table = stage.takeCounts();
    output
        .result()
        .printf(
            "%s: %d requests sent, %d failed, %d counted by the backends%n%s%n",
            title, requests.sent(), requests.failed(), table.total(), table.text());
    output.result().flush();
    return new EndpointLoads(BACKENDS, table, requests);
  }

  /**
   * What is measured first stands for a minute. On a slow machine some zones would be ahead by
   * then: their demand is the same once all of it is known.
   */
  private static void awaitReported(DemoServer server, long sent) throws IOException {
    long deadline = System.nanoTime() + MEASURED_WITHIN.toNanos();
    long reported = 0;
    while (reported < sent) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "after %d s the Envoys have reported %d of %d requests"
                .formatted(MEASURED_WITHIN.toSeconds(), reported, sent));
      }
      Convergence.pause();
      reported = server.loads().all(MINUTES).total().requests();
    }
  }

  /** Nobody tells the server how much each zone sends but the Envoys. */
  private void awaitMeasured(DemoServer server) throws IOException {
    say("topology-xds.io/balance: fair; the Envoys report what they send");
    URI explain =
        URI.create(
            "http://127.0.0.1:%d/api/v1/services/shop/web/explain?zone=%s&text=table"
                .formatted(server.apiPort(), DemoWorld.ZONES.getFirst()));
    long deadline = System.nanoTime() + MEASURED_WITHIN.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(explain).build();
      while (!client.send(request, BodyHandlers.ofString()).body().contains("measured requests")) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "after %d s the Envoys' reports do not count".formatted(MEASURED_WITHIN.toSeconds()));
        }
        Convergence.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for reports");
    }
  }

  private void say(String line) {
    output.progress().println(line);
    output.progress().flush();
  }
}
