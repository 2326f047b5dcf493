package io.github.topologyxds.demo;

import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the application of {@link TransparentPod} sends: plain HTTP to the Service's clusterIP, once
 * under that address and once under the Service's name, which DNS would have resolved to it.
 * Belongs to one thread.
 */
final class TransparentRequests {
  /** Rows of the tables. */
  static final List<String> CLIENTS = List.of("by clusterIP", "by name");

  private static final InetSocketAddress SERVICE =
      new InetSocketAddress(DemoWorld.CLUSTER_IP, DemoWorld.SERVICE_PORT);

  private static final LoadBounds EACH = LoadBounds.of(500, 4);
  private static final LoadBounds STEADY =
      new LoadBounds(Long.MAX_VALUE, 2, Duration.ofMinutes(1), Duration.ofMillis(5));

  private final DemoWorld world;
  private final DemoStage stage;
  private final EnvoyProcess envoy;

  TransparentRequests(DemoWorld world, DemoStage stage, EnvoyProcess envoy) {
    this.world = world;
    this.stage = stage;
    this.envoy = envoy;
  }

  /** Returns the first thing that was not as it should be, in one line; empty: all is well. */
  Optional<String> run() throws IOException {
    Optional<String> first = Optional.empty();
    for (DemoPhase phase : DemoPhase.values()) {
      Optional<String> complaint = phase == DemoPhase.ALL_WELL ? Optional.empty() : change(phase);
      complaint = complaint.or(() -> send(phase));
      first = first.isPresent() ? first : complaint;
    }
    return first;
  }

  /** Brings a phase about under traffic, until Envoy knows. */
  private Optional<String> change(DemoPhase phase) throws IOException {
    List<RunningLoad> running = new ArrayList<>();
    clients().forEach(client -> running.add(client.start(STEADY)));
    try {
      phase.bringAbout(world);
      Convergence.await(
          TransparentPod.ZONE,
          envoy,
          DemoWorld.CLUSTER_IP + ":" + DemoWorld.SERVICE_PORT,
          world.addressesOutside(phase.drained()));
    } finally {
      running.forEach(RunningLoad::stop);
    }
    DemoRequests requests = DemoRequests.of(running.stream().map(RunningLoad::await).toList());
    running.forEach(RunningLoad::close);
    stage.takeCounts();
    System.out.printf(
        "on the way to \"%s\": %d requests sent, %d failed%n%n",
        phase.title(), requests.sent(), requests.failed());
    return requests.failed() == 0
        ? Optional.empty()
        : Optional.of(
            "on the way to \"%s\": expected no failed request, saw %d of %d (%s)"
                .formatted(
                    phase.title(), requests.failed(), requests.sent(), requests.firstError()));
  }

  private Optional<String> send(DemoPhase phase) {
    List<LoadResult> results = clients().stream().map(client -> client.run(EACH)).toList();
    DemoRequests requests = DemoRequests.of(results);
    ZoneTable table = stage.takeCounts(CLIENTS);
    System.out.printf(
        "%s: %d requests sent, %d failed, %d counted by the backends%n%s%n",
        phase.title(), requests.sent(), requests.failed(), table.total(), table.text());
    return phase.complaint(TransparentPod.ZONE, table, requests);
  }

  private static List<LoadGenerator> clients() {
    return List.of(
        client(CLIENTS.get(0), DemoWorld.CLUSTER_IP), client(CLIENTS.get(1), DemoWorld.AUTHORITY));
  }

  private static LoadGenerator client(String name, String host) {
    LoadRequest request = LoadRequest.get(host).withHeader(EchoBackend.CLIENT_HEADER, name);
    return LoadGenerator.isolated(SERVICE, request);
  }
}
