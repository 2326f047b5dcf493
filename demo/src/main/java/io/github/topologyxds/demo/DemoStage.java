package io.github.topologyxds.demo;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Backends and one Envoy per zone, around a world. Belongs to one thread; ends what it started. */
public final class DemoStage implements AutoCloseable {
  private final List<EchoBackend> backends = new ArrayList<>();

  /** Returns the running Envoys, by their zone. */
  private final Map<String, EnvoyProcess> envoys = new LinkedHashMap<>();

  /** Starts the backends of a world; {@link #startEnvoys} is next. */
  public static DemoStage of(DemoWorld world) throws IOException {
    DemoStage stage = new DemoStage();
    try {
      for (BackendSpec spec : world.backends()) {
        stage.backends.add(EchoBackend.start(spec));
      }
      return stage;
    } catch (IOException e) {
      stage.close();
      throw e;
    }
  }

  /** Starts a sidecar in each zone, all at once, with nothing but a bootstrap. */
  public void startEnvoys(EnvoyBinary binary, int xdsPort) throws IOException {
    for (String zone : DemoWorld.ZONES) {
      envoys.put(zone, EnvoyProcess.launch(binary, EnvoySpec.of(sidecar(zone, xdsPort))));
    }
    for (EnvoyProcess envoy : envoys.values()) {
      envoy.awaitReady();
    }
  }

  /**
   * Waits until every Envoy has these endpoints of the demo's cluster, and no others, as healthy.
   */
  public void awaitHealthy(Set<String> addresses) throws IOException {
    for (Map.Entry<String, EnvoyProcess> envoy : envoys.entrySet()) {
      Convergence.await(envoy.getKey(), envoy.getValue(), DemoWorld.CLUSTER, addresses);
    }
  }

  /** Waits until the Envoy of a zone has endpoints of other zones in its first tier. */
  void awaitSpread(String zone) throws IOException {
    long deadline = System.nanoTime() + Convergence.WITHIN.toNanos();
    EnvoyProcess envoy = Objects.requireNonNull(envoys.get(zone));
    while (envoy.admin().hosts(DemoWorld.CLUSTER).stream()
        .noneMatch(host -> host.priority() == 0 && !host.zone().equals(zone))) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "after %d s the Envoy of %s has no share of another zone"
                .formatted(Convergence.WITHIN.toSeconds(), zone));
      }
      Convergence.pause();
    }
  }

  /** Returns a client in each zone, which asks for the demo's Service. */
  List<LoadGenerator> clients() {
    List<LoadGenerator> clients = new ArrayList<>();
    envoys.forEach((zone, envoy) -> {
      LoadRequest request =
          LoadRequest.get(DemoWorld.AUTHORITY).withHeader(EchoBackend.CLIENT_HEADER, zone);
      clients.add(new LoadGenerator(envoy.outbound(), request));
    });
    return clients;
  }

  /** Sends so many requests through each zone's Envoy, all zones at once. */
  public List<LoadResult> send(LoadBounds perZone) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<LoadResult>> runs = new ArrayList<>();
      clients().forEach(client -> runs.add(() -> client.run(perZone)));
      List<LoadResult> results = new ArrayList<>();
      for (Future<LoadResult> run : threads.invokeAll(runs)) {
        results.add(run.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed", e.getCause());
    }
  }

  /** What the backends have counted since the last call, which sets them back to zero. */
  public ZoneTable takeCounts() {
    return takeCounts(DemoWorld.ZONES);
  }

  /** The same for clients that call themselves otherwise than after their zones. */
  ZoneTable takeCounts(List<String> clients) {
    ZoneTable table = ZoneTable.of(clients, DemoWorld.ZONES, backends);
    backends.forEach(EchoBackend::resetCounts);
    return table;
  }

  /** Returns the running backends, of all zones. */
  public List<EchoBackend> backends() {
    return List.copyOf(backends);
  }

  /** Returns where the Envoys take requests, by zone. */
  SortedMap<String, InetSocketAddress> outbound() {
    SortedMap<String, InetSocketAddress> outbound = new TreeMap<>();
    envoys.forEach((zone, envoy) -> outbound.put(zone, envoy.outbound()));
    return outbound;
  }

  /** By zone. */
  public Map<String, EnvoyProcess> envoys() {
    return Map.copyOf(envoys);
  }

  @Override
  public void close() {
    envoys.values().forEach(EnvoyProcess::close);
    backends.forEach(EchoBackend::close);
  }

  private static BootstrapSettings sidecar(String zone, int xdsPort) throws IOException {
    int port = FreePorts.next(2);
    ProxyNode node = ProxyNode.on(DemoWorld.nodeOf(zone)).inNamespace(DemoWorld.NAMESPACE);
    return BootstrapSettings.of(BootstrapKind.SIDECAR, node)
        .withXds(new XdsAddress("127.0.0.1", xdsPort))
        .withPorts(new ProxyPorts(port, port + 1));
  }
}
