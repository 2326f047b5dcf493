package io.github.topologyxds.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.DeployedJvm;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The only server is killed under a thousand streams and a real Envoy with traffic. When it is
 * started again, all come back at once for a thousand Services.
 */
@Tag("soak")
class KilledServerTest {
  private static final int STREAMS = 1000;
  private static final int SERVICES = 1000;
  private static final int ENDPOINTS = 10;

  /** From when the second server has read its files: how fast that is, is another matter. */
  private static final Duration MAX_SYNC = Duration.ofSeconds(15);

  @TempDir private Path folder = Path.of("");
  @TempDir private Path logs = Path.of("");

  @ParameterizedTest
  @EnumSource
  void servesAThousandThatComeBackAtOnce(XdsProtocol protocol) throws Exception {
    BackendSpec spec = new BackendSpec("web-1", "zone-a", "node-a", "127.8.2.1", FreePorts.next());
    Set<String> names = writeServices();
    names.add(write("web", spec.port(), "{addresses: [\"" + spec.address() + "\"]}"));
    int port = FreePorts.next();
    ServerProcess server = start(port, "first");
    try (EchoBackend backend = EchoBackend.start(spec);
        EnvoyProcess envoy = new Sidecars(port, protocol).start("node-a");
        StreamFleet fleet = new StreamFleet(STREAMS, protocol, port);
        SteadyTraffic traffic =
            new SteadyTraffic(new LoadGenerator(envoy.outbound(), LoadRequest.get("web.shop")))) {
      await().atMost(MAX_SYNC).until(() -> fleet.holding(names) == STREAMS);

      server.stop();
      assertThat(server.process().exitValue()).as("by SIGKILL").isEqualTo(128 + 9);
      names.add(write("new", spec.port(), "{addresses: [\"" + spec.address() + "\"]}"));
      long started = System.nanoTime();
      server = start(port, "second");
      Duration ready = Duration.ofNanos(System.nanoTime() - started);
      await()
          .pollInterval(Duration.ofMillis(200))
          .atMost(MAX_SYNC)
          .until(() -> fleet.holding(names) == STREAMS);
      Duration synced = Duration.ofNanos(System.nanoTime() - started);
      // Once a second: with a thousand clusters an answer takes Envoy's main thread 100 ms and
      // more.
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(MAX_SYNC.minus(synced).plus(ready))
          .until(() -> envoy.stats("cluster.shop/new_http.membership_healthy").containsValue(1L));
      Duration envoySynced = Duration.ofNanos(System.nanoTime() - started);

      long before = backend.requests();
      await().until(() -> backend.requests() > before + 100);
      long requests = traffic.assertNoneFailed();
      System.out.printf(
          "%s, killed under %d streams, %d Services: ready again in %d ms, all streams synced in"
              + " %d ms, an Envoy in %d ms; %s; %d requests, none failed%n",
          protocol,
          STREAMS,
          names.size(),
          ready.toMillis(),
          synced.toMillis(),
          envoySynced.toMillis(),
          peakMemory(server),
          requests);
      assertThat(fleet.ended()).as("streams that were cut: once each").isEqualTo(STREAMS);
      assertThat(server.process().isAlive()).isTrue();
    } finally {
      server.stop();
    }
    assertThat(Files.readString(logs.resolve("second")))
        .doesNotContainPattern("Out\\w*MemoryError");
  }

  private ServerProcess start(int port, String log) throws IOException {
    return ServerProcess.start(
        folder, port, Redirect.to(logs.resolve(log).toFile()), DeployedJvm.options());
  }

  /** Writes what nobody sends a request to, and returns the names of its clusters. */
  private Set<String> writeServices() throws IOException {
    AtomicInteger address = new AtomicInteger();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < SERVICES; i++) {
      String endpoints =
          IntStream.range(0, ENDPOINTS)
              .map(n -> address.getAndIncrement())
              .mapToObj(n ->
                  "{addresses: [10.1.%d.%d], zone: zone-%d}".formatted(n / 250, n % 250 + 1, n % 3))
              .collect(Collectors.joining(", "));
      names.add(write("svc-" + i, 8080, endpoints));
    }
    return names;
  }

  private String write(String name, int port, String endpoints) throws IOException {
    String yaml =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s, namespace: shop}
        spec: {ports: [{name: http, port: 80}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
        addressType: IPv4
        ports: [{name: http, port: %2$d}]
        endpoints: [%3$s]
        ---
        """
            .formatted(name, port, endpoints);
    Files.writeString(folder.resolve(name + ".yaml"), yaml);
    return "shop/" + name + ":http";
  }

  /** Returns the most that was resident, as the kernel says it. */
  private static String peakMemory(ServerProcess server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ");
  }
}
