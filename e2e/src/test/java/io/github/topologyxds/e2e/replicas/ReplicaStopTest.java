package io.github.topologyxds.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of two replicas is told to stop under traffic: no request fails, nobody is left behind. */
class ReplicaStopTest {

  /** Longer than that, and a stop is no clean one. */
  private static final Duration MAX_STOP = Duration.ofSeconds(10);

  private static final Duration MAX_MOVE = Duration.ofSeconds(15);

  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {ports: [{name: http, port: 80}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http, port: %d}]
      endpoints: [{addresses: ["%s"]}]
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void failsNoRequestAndLeavesNoneBehind(XdsProtocol protocol) throws Exception {
    stopOneOfTwo(protocol, 3, 0);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("soak")
  void handsAThousandStreamsOverInTime(XdsProtocol protocol) throws Exception {
    stopOneOfTwo(protocol, 1, 1000);
  }

  private void stopOneOfTwo(XdsProtocol protocol, int envoyCount, int streams) throws Exception {
    BackendSpec spec = new BackendSpec("web-1", "zone-a", "node-a", "127.8.1.1", FreePorts.next());
    Files.writeString(folder.resolve("web.yaml"), WEB.formatted(spec.port(), spec.address()));
    int stoppedPort = FreePorts.next();
    int otherPort = FreePorts.next();
    ServerProcess stopped = ServerProcess.start(folder, stoppedPort);
    ServerProcess other = ServerProcess.start(folder, otherPort);
    List<EnvoyProcess> envoys = new ArrayList<>();
    List<RunningLoad> loads = new ArrayList<>();
    try (EchoBackend backend = EchoBackend.start(spec);
        StreamFleet fleet = new StreamFleet(streams, protocol, stoppedPort)) {
      assertThat(backend.spec()).isEqualTo(spec);
      await().atMost(MAX_MOVE).until(() -> fleet.holding(Set.of("shop/web:http")) == streams);
      fleet.turnTo(otherPort);
      for (int i = 0; i < envoyCount; i++) {
        EnvoyProcess envoy =
            new Sidecars(stoppedPort, protocol)
                .start("node-a", yaml -> withSecondAddress(yaml, otherPort));
        envoys.add(envoy);
        loads.add(new LoadGenerator(envoy.outbound(), LoadRequest.get("web.shop")).start(2));
      }
      long start = System.nanoTime();
      stopped.terminate();
      assertThat(stopped.process().waitFor(MAX_STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Duration stop = Duration.ofNanos(System.nanoTime() - start);
      assertThat(stopped.process().exitValue()).isZero();

      Files.writeString(
          folder.resolve("new.yaml"),
          WEB.formatted(spec.port(), spec.address()).replace("web", "new"));
      await()
          .atMost(MAX_MOVE.minus(stop))
          .until(() -> fleet.holding(Set.of("shop/new:http")) == streams);
      System.out.printf(
          "%s, %d Envoys and %d streams: stopped in %d ms, all with the other in %d ms%n",
          protocol, envoyCount, streams, stop.toMillis(), (System.nanoTime() - start) / 1_000_000);
      assertThat(fleet.ended())
          .as("streams that the first has ended, and no other")
          .isEqualTo(streams);
      for (EnvoyProcess envoy : envoys) {
        await().until(() -> envoy.clusters().contains("shop/new"));
        assertThat(other.readiness()).isEqualTo(200);
      }
      for (RunningLoad load : loads) {
        LoadResult result = load.stop();
        assertThat(result.total()).isPositive();
        assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
        assertThat(result.status(200)).isEqualTo(result.total());
      }
    } finally {
      loads.forEach(RunningLoad::close);
      envoys.forEach(EnvoyProcess::close);
      stopped.stop();
      other.stop();
    }
  }

  /** What a headless Service's name gives: the addresses of all replicas. */
  private static String withSecondAddress(String yaml, int port) {
    int list = yaml.lastIndexOf("      - lb_endpoints:\n") + "      - lb_endpoints:\n".length();
    String second =
        "        - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: "
            + port
            + "}}}\n";
    return yaml.substring(0, list) + second + yaml.substring(list);
  }
}
