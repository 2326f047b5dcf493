package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.topology.endpoint.OmissionReason;
import io.github.topologyxds.topology.settings.Nearness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
  private static final String CART = "../docs/examples/cart.yaml";
  private static final Path PAGE = Path.of("../docs/explain.md");

  private static final String NAMES =
      """
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop},
       spec: {clusterIPs: [10.96.0.31, 'fd00::31'], ipFamilies: [IPv4, IPv6],
              ports: [{name: grpc, port: 9090}, {name: http, port: 8080}]}}
      ---
      {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
       metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}},
       ports: [{name: grpc, port: 9090}, {name: http, port: 8080}],
       endpoints: [{addresses: [10.0.2.1], zone: zone-a}]}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop},
       spec: {clusterIP: None, ports: [{name: pg, port: 5432}]}}
      ---
      {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
       metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}},
       ports: [{name: pg, port: 5432}],
       endpoints: [{addresses: [10.0.1.1], hostname: db-0, zone: zone-a},
                   {addresses: [10.0.1.2], hostname: db-1, zone: zone-a,
                    conditions: {ready: false, serving: false, terminating: true}}]}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: mail, namespace: shop},
       spec: {type: ExternalName, externalName: mail.example.com, ports: [{name: smtp, port: 25}]}}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The pages show what the command in them prints. */
  @Test
  void shouldPrintWhatThePagesShow() throws IOException {
    assertThat(run("explain", "shop/cart", "-f", CART, "--node", "node-a1")).isZero();
    assertThat(Files.readString(PAGE)).contains("```\n" + out + "```");
    assertThat(Files.readString(Path.of("../README.md"))).contains("```\n" + out + "```");
  }

  @Test
  void shouldTellSharesRulesAndPlaces() {
    JsonNode printed = json("shop/cart", "--node", "node-a1");
    assertThat(printed.at("/client/zoneSource").asString()).isEqualTo("NODE_LABEL");
    JsonNode port = printed.at("/ports/0");
    assertThat(port.at("/decision/reason").asString()).isEqualTo("TRAFFIC_DISTRIBUTION");
    assertThat(port.at("/stays").asDouble()).isEqualTo(0.7);
    assertThat(port.at("/zones/zone-b").asDouble()).isEqualTo(0.3);
    assertThat(port.at("/tiers/0/unhealthy").asInt()).isEqualTo(1);
    assertThat(port.at("/endpoints/0/nearness").asString()).isEqualTo("SAME_ZONE");
    assertThat(port.at("/rules").valueStream().map(rule -> rule.get("result").asString()))
        .containsOnlyOnce("DECIDED")
        .contains("NOT_ASKED");
  }

  @ParameterizedTest
  @CsvSource({"cart", "svc/cart", "service/shop/cart", "shop/cart", "cart -n shop"})
  void shouldTakeAServiceAsKubectlDoes(String written) {
    String[] words = ("explain " + written + " --zone zone-b -f " + CART).split(" ");
    assertThat(run(words)).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("shop/cart:http from zone-b, as given");
  }

  /** A Service in DNS, a Pod of it, a name outside, a clusterIP: what requests carry as Host. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cart.shop                         | 0 | shop/cart:grpc, shop/cart:http
          CART.shop.svc.                    | 0 | shop/cart:grpc, shop/cart:http
          cart.shop.svc.example.org         | 0 | shop/cart:grpc, shop/cart:http
          cart.shop:8080                    | 0 | shop/cart:http
          shop/cart:grpc                    | 0 | shop/cart:grpc
          svc/cart:8080 -n shop             | 0 | shop/cart:http
          10.96.0.31                        | 0 | shop/cart:grpc, shop/cart:http
          [fd00::31]:9090                   | 0 | shop/cart:grpc
          fd00::31                          | 0 | shop/cart:grpc, shop/cart:http
          db.shop                           | 0 | shop/db:pg
          DB-0.db.shop.svc.example.org:5432 | 0 | to 10.0.1.1:5432 of shop/db:pg
          db-0.db -n shop                   | 0 | to 10.0.1.1:5432 of shop/db:pg
          db-1.db.shop                      | 3 | to 10.0.1.2 of EndpointSlice shop/db-1: nothing
          mail.shop                         | 0 | shop/mail:smtp
          db-9.db.shop                      | 1 | shop/db has no endpoint db-9; did you mean db-0?
          carts.shop.svc                    | 1 | did you mean shop/cart?
          cart.shop.svc.cluster.local       | 1 | no Service has the name cart.shop.svc.cluster.local
          cart.shop:81                      | 1 | it serves: grpc 9090, http 8080
          cart.shop:8080 --port 8080        | 2 | SERVICE names '8080' already: leave --port out
          db-0.db.shop --to 10.0.1.1        | 2 | SERVICE names 'db-0' already: leave --to out
          """)
  void shouldTakeANameAsApplicationsDo(
      String arguments, int exit, String told, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("names.yaml"), NAMES);
    String all = "explain --zone zone-a --cluster-domain example.org -f " + file + " " + arguments;
    assertThat(run(all.split(" +"))).as(err.toString()).isEqualTo(exit);
    List<String> lines =
        (out + err.toString())
            .lines()
            .filter(line -> line.matches(".*(from zone-a,|^to |:).*"))
            .toList();
    if (told.startsWith("shop/") && exit == 0) {
      assertThat(lines.stream().filter(line -> line.contains(" from zone-a,")))
          .extracting(line -> line.substring(0, line.indexOf(' ')))
          .containsExactlyInAnyOrder(told.split(", "));
    } else {
      assertThat(lines.getFirst()).contains(told);
    }
  }

  /** Each kind of change, by the code that explain asks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zone-down=zone-b                 | changes 1 of 1 Service (shop/cart) | 50 % then
          node-down=node-b1                | changes 1 of 1 Service (shop/cart) | 50 % then
          endpoint-not-ready=10.0.1.1      | changes 1 of 1 Service (shop/cart) | 50 % then
          endpoint-added=10.0.9.9@node-a1  | changes 1 of 1 Service (shop/cart) | 3.5 % then
          preference=none                  | changes 1 of 1 Service (shop/cart) | 50 % then
          trafficDistribution=none         | changes 1 of 1 Service (shop/cart) | 50 % then
          zone-down=zone-x                 | changes nothing of 1 Service       | 15 % then
          """)
  void checksWhatWouldBe(String change, String effect, String crossing) {
    assertThat(run("check", "-f", CART, "--what-if", change)).isZero();
    assertThat(out.toString())
        .contains("note  what if " + change + ": " + effect + "   WHAT_IF")
        .contains("expected cross-zone share: " + crossing)
        .doesNotContain("FINDINGS", "ZONES");
  }

  @Test
  void checksThatNothingIsLeft() {
    String down = "zone-down=zone-a,zone-down=zone-b";
    assertThat(run("check", "-f", CART, "--what-if", down, "--fail-on", "warning")).isEqualTo(1);
    assertThat(out.toString())
        .contains("what if zone-down=zone-a: ", "what if zone-down=zone-b: ")
        .contains("(shop/cart)   NO_ENDPOINT");
  }

  @Test
  void endpointsAreOfAWholeService(@TempDir Path folder) throws IOException {
    String file = Files.writeString(folder.resolve("names.yaml"), NAMES).toString();
    assertThat(run("endpoints", "cart.shop", "-f", file)).isZero();
    assertThat(out.toString()).contains("shop/cart:grpc", "shop/cart:http");
    assertThat(run("endpoints", "db-0.db.shop", "-f", file)).isEqualTo(1);
    assertThat(err.toString()).contains("ask for shop/db");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop/crat --zone zone-a         | 1 | did you mean shop/cart?
          carts --zone zone-a             | 1 | did you mean cart?
          cart --zone zone-a -n shp       | 1 | did you mean shop/cart?
          shop/cart --zone zone-a --port grpc  | 1 | it serves: http 80
          cart --zone zone-a --to 10.0.1.11    | 1 | did you mean 10.0.1.1?
          cart --zone zone-a --what-if down    | 2 | says no value
          a/b/c --zone zone-a             | 1 | is no NAMESPACE/NAME
          shop/cart                       | 2 | --node N or --zone Z
          shop/cart --zone a -o xml       | 2 | table, wide, json, yaml
          --zone zone-a                   | 2 | SERVICE
          """)
  void mistakesAreOneLine(String arguments, int exit, String hint) {
    assertThat(run(("explain -f " + CART + " " + arguments).split(" +"))).isEqualTo(exit);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.1.1 | 0 | 70 %, tier 0, healthy: in zone-a
          10.0.1.2 | 3 | 0 %, tier 0, unhealthy: not ready, keeps its place
          10.0.2.1 | 0 | 15 %, tier 1, healthy: elsewhere: spill-over
          """)
  void shouldTellOfOneEndpoint(String address, int exit, String verdict) {
    assertThat(run("explain", "cart", "-f", CART, "--node", "node-a1", "--to", address))
        .isEqualTo(exit);
    assertThat(out.toString()).startsWith("to " + address + ":8080 of shop/cart:http: " + verdict);
    out.getBuffer().setLength(0);
    run("explain", "cart", "-f", CART, "--node", "node-a1", "--to", address, "-o", "json");
    assertThat(new JsonMapper().readTree(out.toString()).at("/to/reachable").asBoolean())
        .isEqualTo(exit == 0);
  }

  @Test
  void shouldDoubtAPlaceThatNobodyHas() {
    assertThat(run("explain", "cart", "-f", CART, "--node", "nod-a1")).isZero();
    assertThat(err.toString()).contains("there is no Node nod-a1; did you mean node-a1?");
    assertThat(run("explain", "cart", "-f", CART, "--zone", "zone-q")).isZero();
    assertThat(err.toString()).contains("no Node is in zone zone-q; did you mean zone-a?");
  }

  @Test
  void nothingToReachIsThree() throws IOException {
    InputStream before = System.in;
    String local =
        Files.readString(Path.of(CART))
            .replace("trafficDistribution: PreferSameZone", "internalTrafficPolicy: Local");
    System.setIn(new ByteArrayInputStream(local.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try {
      assertThat(run("explain", "shop/cart", "-f", "-", "--node", "node-c1")).isEqualTo(3);
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString())
        .contains("nothing can be reached", "LOCAL_WITHOUT_ENDPOINT", "OTHER_NODE");
  }

  @Test
  void shouldPrintYamlAndMore() {
    assertThat(run("explain", "cart", "-f", CART, "--zone", "", "-o", "yaml")).isZero();
    assertThat(out.toString()).contains("zoneSource: \"NOWHERE\"");
    out.getBuffer().setLength(0);
    assertThat(run("explain", "cart", "-f", CART, "--zone", "zone-a", "-o", "wide")).isZero();
    assertThat(out.toString()).contains("REGION", "region-1", "shop/cart-1");
  }

  @ParameterizedTest
  @EnumSource
  void shouldDocumentWhyEndpointsAreLeftOut(OmissionReason reason) throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("| `%s` | %s |\n".formatted(reason.name(), reason.meaning()));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDocumentNearness(Nearness nearness) throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("| `%s` | %d |".formatted(nearness.name(), nearness.rank()));
  }

  private JsonNode json(String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = "explain";
    all[1] = "-f";
    all[2] = CART;
    all[3] = "-o";
    all[4] = "json";
    System.arraycopy(arguments, 0, all, 5, arguments.length);
    assertThat(run(all)).as(err.toString()).isZero();
    return new JsonMapper().readTree(out.toString());
  }

  private int run(String... arguments) {
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return root.execute(arguments);
  }
}
