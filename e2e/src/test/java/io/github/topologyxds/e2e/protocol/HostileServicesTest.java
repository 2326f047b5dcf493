package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.DeployedJvm;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.replicas.StreamFleet;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tenant's objects beside 10,000 Services of others, in the heap that deploy/ gives. */
@Tag("hostile")
class HostileServicesTest {
  private static final int OTHERS = 10_000;
  private static final int HOSTILE = 12;
  private static final int CLIENTS = 2;

  @Test
  void theServerServesTheOthers(@TempDir Path folder) throws Exception {
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    for (int file = 0; file < OTHERS / 500; file++) {
      others(manifests.resolve("others-" + file + ".yaml"), file * 500, 500);
    }
    for (int hostile = 0; hostile < HOSTILE; hostile++) {
      Files.writeString(
          manifests.resolve("hostile-" + hostile + ".json"),
          HostileManifest.of("hostile-" + hostile, "big", 1_500, 1_000));
    }
    Files.writeString(
        manifests.resolve("ports.json"), HostileManifest.of("hostile", "ports", 20_000, 1));
    Path log = folder.resolve("log");
    int port = FreePorts.next();
    List<String> others = IntStream.range(0, OTHERS).mapToObj(i -> "shop/s" + i + ":http").toList();

    ServerProcess server =
        ServerProcess.start(manifests, port, Redirect.to(log.toFile()), DeployedJvm.options());
    try (StreamFleet fleet = new StreamFleet(CLIENTS, XdsProtocol.DELTA, port)) {
      Wait.until("all clients to have the others' endpoints")
          .atMost(Duration.ofMinutes(2))
          .until(() -> fleet.holding(others) == CLIENTS);
      assertThat(server.readiness()).isEqualTo(200);
      assertThat(Files.readString(log))
          .contains("first complete state, services: " + (OTHERS + HOSTILE + 1))
          .contains("SERVICE_ENDPOINTS_LIMIT Service hostile-0/big")
          // Each in a Namespace of its own, whose limits would come first. Youngest by name, as
          // none of them has a creationTimestamp.
          .contains("MEMORY_BUDGET Service hostile-9/big")
          .contains("SERVICE_PORTS_LIMIT Service hostile/ports")
          .doesNotContain("Service shop/");
    } finally {
      server.stop();
    }
  }

  /** Services shop/s0, shop/s1, ... older than all that have no creationTimestamp. */
  static void others(Path file, int first, int count) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = first; i < first + count; i++) {
        out.write(
            """
            ---
            apiVersion: v1
            kind: Service
            metadata: {namespace: shop, name: s%1$d, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {namespace: shop, name: s%1$d-1, labels: {kubernetes.io/service-name: s%1$d}}
            addressType: IPv4
            ports: [{name: http, port: 8080}]
            endpoints:
            - {addresses: ["10.1.%2$d.%3$d"], zone: zone-a, conditions: {ready: true}}
            - {addresses: ["10.2.%2$d.%3$d"], zone: zone-b, conditions: {ready: true}}
            """
                .formatted(i, i / 200, 1 + i % 200));
      }
    }
  }
}
