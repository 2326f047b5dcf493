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
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a tenant fills the cluster with: 1,000 older Services of others are served to clients
 * that ask for everything, from the heap that deploy/ gives, and the process lives on.
 */
@Tag("hostile")
class HostileKindsTest {
  private static final int OTHERS = 1_000;
  private static final int OBJECTS_A_FILE = 2_000;

  /** What the tenant has; each is one JSON object of so many. */
  enum Kind {
    NODES(
        100_000,
        i ->
            """
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"n%1$d","labels":{
            "topology.kubernetes.io/zone":"zone-%1$d","topology.kubernetes.io/region":"r"}}}\
            """
                .formatted(i)),
    NAMESPACES(
        50_000,
        i ->
            """
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n%d","annotations":{
            "topology-xds.io/preference":"%s"}}}\
            """
                .formatted(i, "no".repeat(500))),
    TINY_SERVICES(50_000, i -> service(i, "\"port\":80")),
    UDP_PORTS(
        100,
        i ->
            service(
                i,
                list(
                    1_000,
                    p -> "\"name\":\"p%d\",\"port\":%d,\"protocol\":\"UDP\"".formatted(p, p + 1)))),
    LONG_STRINGS(
        400, i -> service(i, "\"port\":80,\"appProtocol\":\"" + "x".repeat(300_000) + "\"")),
    SLICES_WITHOUT_ENDPOINTS(100_000, i -> slice(i, "")),
    MANY_HINTS(
        100,
        i ->
            service(i, "\"port\":80")
                + ","
                + slice(
                    i,
                    list(
                        1_000,
                        e ->
                            "\"addresses\":[\"10.%d.%d.%d\"],\"zone\":\"zone-a\",\"hints\":{%s}"
                                .formatted(1 + i, e / 250, 1 + e % 250, hints()))));

    private final int count;

    @SuppressWarnings("ImmutableEnumChecker") // Each is a function of its number alone.
    private final IntFunction<String> json;

    Kind(int count, IntFunction<String> json) {
      this.count = count;
      this.json = json;
    }

    private static String hints() {
      String zones = list(8, z -> "\"name\":\"zone-" + z + "\"");
      String nodes = list(8, n -> "\"name\":\"node-" + n + "\"");
      return "\"forZones\":[{%s}],\"forNodes\":[{%s}]".formatted(zones, nodes);
    }

    private static String list(int count, IntFunction<String> fields) {
      return IntStream.range(0, count).mapToObj(fields).collect(Collectors.joining("},{"));
    }

    private static String service(int i, String ports) {
      return """
      {"apiVersion":"v1","kind":"Service","metadata":{"namespace":"hostile","name":"h%d"},
      "spec":{"ports":[{%s}]}}\
      """
          .formatted(i, ports);
    }

    private static String slice(int i, String endpoints) {
      return """
      {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
      "metadata":{"namespace":"hostile","name":"h%1$d","labels":{"kubernetes.io/service-name":"h%1$d"}},
      "ports":[{"port":80}],"endpoints":[%2$s]}\
      """
          .formatted(i, endpoints.isEmpty() ? "" : "{" + endpoints + "}");
    }

    void write(Path folder) throws IOException {
      int perFile = Math.max(1, Math.min(OBJECTS_A_FILE, 8_000_000 / json.apply(0).length()));
      for (int from = 0; from < count; from += perFile) {
        Path file = folder.resolve("hostile-" + from + ".json");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
          out.write("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[");
          for (int i = from; i < Math.min(from + perFile, count); i++) {
            out.write((i == from ? "" : ",") + json.apply(i));
          }
          out.write("]}");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOthersAreServedAndTheProcessLivesOn(Kind kind, @TempDir Path folder) throws Exception {
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    HostileServicesTest.others(manifests.resolve("others.yaml"), 0, OTHERS);
    kind.write(manifests);
    Path log = folder.resolve("log");
    int port = FreePorts.next();
    List<String> others = IntStream.range(0, OTHERS).mapToObj(i -> "shop/s" + i + ":http").toList();

    ServerProcess server =
        ServerProcess.start(manifests, port, Redirect.to(log.toFile()), DeployedJvm.options());
    try (StreamFleet fleet = new StreamFleet(3, XdsProtocol.DELTA, port)) {
      Wait.until("all clients to have the others' endpoints")
          .atMost(Duration.ofMinutes(1))
          .until(() -> fleet.holding(others) == 3);
      assertThat(server.readiness()).isEqualTo(200);
      assertThat(Files.readString(log)).doesNotContain("MEMORY_BUDGET Service shop/");
    } finally {
      server.stop();
    }
  }
}
