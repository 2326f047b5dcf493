package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code zones}, {@code endpoints}, {@code findings} and {@code check} over files. */
class OfflineReportsTest {
  private static final String CART = "../docs/examples/cart.yaml";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  @Test
  void zonesShouldPrintWhatThePageShows() throws IOException {
    assertThat(run("zones", "-f", CART)).isZero();
    assertThat(Files.readString(Path.of("../docs/explain.md"))).contains("```\n" + out + "```");
  }

  @Test
  void endpointsShouldPrintWhatThePageShows() throws IOException {
    assertThat(run("endpoints", "cart", "-f", CART)).isZero();
    assertThat(Files.readString(Path.of("../docs/explain.md"))).contains("```\n" + out + "```");
  }

  @Test
  void checkShouldPrintWhatThePageShows() throws IOException {
    assertThat(run("check", "-f", CART)).isZero();
    assertThat(Files.readString(Path.of("../docs/check.md"))).contains("```\n" + out + "```");
  }

  /** What remains of it, and the zone crossed out; a shift that is over is nothing. */
  @Test
  void zonesShouldCrossOutAZoneThatIsEmptied() throws IOException {
    Instant now = Instant.now();
    String matrix = "FROM       NODES   TO xzone-ax   TO zone-b   NOWHERE   STAYS";
    run("zones", "-f", CART, "-f", shift(now.plus(Duration.ofMinutes(90)), "50m"));
    assertThat(out.toString())
        .containsPattern(
            "(?m)^zone-a is emptied for another 89 m, until \\S+Z: ZonalShift move \\(new racks\\)$")
        .contains(matrix, "\nxzone-ax ");
    out.getBuffer().setLength(0);
    run("zones", "-f", CART, "-f", shift(now.minus(Duration.ofMinutes(1)), "50m"));
    assertThat(out.toString())
        .contains("zone-a is on its way back with 10 % of its share, and has all of it in 48 m: ")
        .doesNotContain("xzone-a");
    JsonNode json = json("zones", "-f", CART, "-f", shift(now.plus(Duration.ofMinutes(90)), "50m"));
    assertThat(json.at("/shifts/0/zone").asString()).isEqualTo("zone-a");
    assertThat(json.at("/shifts/0/phase").asString()).isEqualTo("Active");
    assertThat(
            json("zones", "-f", CART, "-f", shift(now.minus(Duration.ofHours(1)), "1m"))
                .at("/shifts"))
        .isEmpty();
  }

  private String shift(Instant expireAt, String returnOver) throws IOException {
    return Files.writeString(
            folder.resolve("shift.yaml"),
            """
            {apiVersion: topology-xds.io/v1alpha1, kind: ZonalShift, metadata: {name: move},
             spec: {awayFrom: zone-a, expireAt: '%s', returnOver: %s, comment: new racks}}
            """
                .formatted(expireAt.truncatedTo(ChronoUnit.SECONDS), returnOver))
        .toString();
  }

  @Test
  void zonesShouldAddUpByNodes() {
    // Of three Nodes one more is in zone-a: its clients count twice.
    JsonNode printed = json("zones", "-f", write(world()), "--what-if", "down=zone-b");
    JsonNode row = printed.at("/expected/rows/0");
    assertThat(row.get("zone").asString()).isEqualTo("zone-a");
    assertThat(row.get("clients").asInt()).isEqualTo(2);
    assertThat(printed.at("/whatIf/0").asString()).isEqualTo("zone-down=zone-b");
    assertThat(printed.at("/expected/rows/1/zones/zone-a").asDouble()).isEqualTo(1);
    assertThat(printed.at("/expected/crossZone").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void zonesShouldListWhatHasNoEndpoint() {
    assertThat(run("zones", "-f", write(world()), "--what-if", "down=zone-a,down=zone-b")).isZero();
    assertThat(out.toString()).contains("find no endpoint: 1 Service port\n  shop/web:http\n");
  }

  @Test
  void endpointsShouldTellTiersAndShares() {
    JsonNode printed = json("endpoints", "shop/cart", "-f", CART, "--node", "node-b1,node-a1");
    JsonNode first = printed.at("/ports/0/endpoints/0");
    assertThat(first.at("/from/node-a1/share").asDouble()).isEqualTo(0.7);
    assertThat(first.at("/from/node-b1/tier").asInt()).isEqualTo(1);
    assertThat(first.at("/slice").asString()).isEqualTo("shop/cart-1");
  }

  @Test
  void checkShouldTellWhatIsWrongAndWhatMendsIt() {
    String half =
        service(
            "half",
            endpoint("10.0.1.1", "zone-a", ", hints: {forZones: [{name: zone-a}]}")
                + endpoint("10.0.1.2", "zone-b", ""));
    String nowhere = "apiVersion: v1\nkind: Node\nmetadata: {name: node-x9}\n";
    JsonNode printed = json("check", "-f", write(world() + "---\n" + half + "---\n" + nowhere));
    assertThat(printed.get("checks").valueStream().map(line -> line.get("code").asString()))
        .contains("ZONES", "NODE_WITHOUT_ZONE", "NO_PREFERENCE", "HINTS_INCOMPLETE", "SKEW");
    assertThat(line(printed, "NODE_WITHOUT_ZONE").get("mend").asString())
        .isEqualTo("kubectl label node node-x9 topology.kubernetes.io/zone=...");
    assertThat(line(printed, "SKEW").get("fact").asString())
        .contains("shop/web:http", "zone-a 1 endpoint");
    assertThat(line(printed, "CROSS_ZONE").get("mend").asString())
        .isEqualTo("serve --preference same-zone");
    JsonNode partial =
        printed
            .get("checks")
            .valueStream()
            .filter(line -> line.get("fact").asString().startsWith("shop/half:http"))
            .findFirst()
            .orElseThrow();
    assertThat(partial.get("fact").asString())
        .contains("1 of 2 ready endpoints have no zone hint", "shop/half-1");
  }

  @Test
  void checkWithoutNodesShouldSaySo() {
    assertThat(run("check", "-f", write(service("web", endpoint("10.0.0.1", "zone-a", "")))))
        .isZero();
    assertThat(out.toString()).contains("NO_NODES", "kubectl get nodes");
  }

  @ParameterizedTest
  @CsvSource({
    "check, warning, 1",
    "check, error, 0",
    "findings, warning, 1",
    "findings, error, 0",
    "translate, warning, 1",
    "translate, error, 0",
  })
  void shouldFailOnWhatIsAskedFor(String command, String threshold, int exit) {
    String input = write(world() + "---\n" + service("odd", endpoint("10.0.0.9", "'a b'", "")));
    assertThat(run(command, "-f", input)).isZero();
    assertThat(run(command, "-f", input, "--fail-on", threshold))
        .as(out.toString())
        .isEqualTo(exit);
  }

  @Test
  void findingsShouldBeWorstFirstAndOfANamespace() {
    String odd =
        service("odd", endpoint("10.0.0.300", "zone-a", ""))
            + "---\n"
            + service("bad", endpoint("10.0.0.1", "zone-a", ""))
                .replace("namespace: shop", "namespace: pay")
                .replace("ports: [{name: http, port: 80}]", "ports: [{name: other, port: 80}]");
    JsonNode all = json("findings", "-f", write(odd)).get("findings");
    assertThat(all.get(0).get("reason").asString()).isEqualTo("ADDRESS_INVALID");
    assertThat(all.size()).isGreaterThan(1);
    JsonNode pay = json("findings", "-f", write(odd), "-n", "pay").get("findings");
    assertThat(pay.valueStream().map(f -> f.get("object").asString()))
        .isNotEmpty()
        .allSatisfy(object -> assertThat(object).contains(" pay/"));
  }

  private static JsonNode line(JsonNode printed, String code) {
    return printed
        .get("checks")
        .valueStream()
        .filter(line -> line.get("code").asString().equals(code))
        .findFirst()
        .orElseThrow();
  }

  /** Two Nodes and an endpoint in zone-a, a Node and two endpoints in zone-b. */
  private static String world() {
    return node("node-a1", "zone-a")
        + node("node-a2", "zone-a")
        + node("node-b1", "zone-b")
        + service(
            "web",
            endpoint("10.0.0.1", "zone-a", "")
                + endpoint("10.0.0.2", "zone-b", "")
                + endpoint("10.0.0.3", "zone-b", ""));
  }

  private static String node(String name, String zone) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: %s, labels: {topology.kubernetes.io/zone: %s}}
    ---
    """
        .formatted(name, zone);
  }

  private static String service(String name, String endpoints) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {namespace: shop, name: %1$s}
    spec: {clusterIP: None, ports: [{name: http, port: 80}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {namespace: shop, name: %1$s-1, labels: {kubernetes.io/service-name: %1$s}}
    addressType: IPv4
    ports: [{name: http, port: 8080}]
    endpoints:%2$s
    """
        .formatted(name, endpoints.isEmpty() ? " []" : "\n" + endpoints.strip());
  }

  private static String endpoint(String address, String zone, String hints) {
    return "- {addresses: [%s], zone: %s, conditions: {ready: true}%s}\n"
        .formatted(address, zone, hints);
  }

  private String write(String yaml) {
    try {
      return Files.writeString(folder.resolve("world.yaml"), yaml).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode json(String... arguments) {
    out.getBuffer().setLength(0);
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "-o";
    all[arguments.length + 1] = "json";
    assertThat(run(all)).as(err.toString()).isZero();
    return new JsonMapper().readTree(out.toString());
  }

  private int run(String... arguments) {
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return root.execute(arguments);
  }
}
