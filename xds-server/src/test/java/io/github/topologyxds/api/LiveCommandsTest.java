package io.github.topologyxds.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.api.AnsweringClient.Manner;
import io.github.topologyxds.api.server.ApiServerTest;
import io.github.topologyxds.cli.RootCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that ask a running server. */
class LiveCommandsTest {
  @TempDir private Path folder = Path.of("");

  /** What a command has printed, and its exit code. */
  private record Run(int exit, String out, String err) {}

  @Test
  void listsProxiesAndSaysWhatIsWrongWithThem() throws Exception {
    try (RunningApi api = start()) {
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      AnsweringClient.connect(api, "shop/front-2", "node-a2", Manner.SILENT);
      AnsweringClient.connect(api, "shop/front-3", "node-a1", Manner.REFUSES);
      await()
          .untilAsserted(() ->
              assertThat(run(api, "proxies").out())
                  .contains("3 proxies: 1 well, 1 waiting, 1 refused; 1 without a zone"));
      assertThat(run(api, "proxies").out().lines().map(line -> line.replaceAll(" {2,}", "|")))
          .anySatisfy(line ->
              assertThat(line)
                  .matches("shop/front-1\\|node-a1\\|zone-a\\|Node label\\|synced\\|.*delta\\|-"))
          .anySatisfy(line ->
              assertThat(line)
                  .startsWith("shop/front-2|node-a2|-|nowhere|waiting|-|delta|CDS sent, no ACK")
                  .endsWith("nobody knows its Node: did you mean node-a1?"))
          .anySatisfy(line ->
              assertThat(line)
                  .startsWith("shop/front-3|node-a1|zone-a|Node label|refused|")
                  .endsWith(": cannot bind 127.0.0.1:15001"));
      assertThat(run(api, "proxies", "-n", "pay").out())
          .isEqualTo("no proxy of namespace pay is connected; 3 of others are (-A)\n");
      assertThat(run(api, "proxies", "-A", "-o", "wide").out())
          .contains("1.40.0", "waiting 3", "IDENTITY", "claimed");
      assertThat(run(api, "proxies", "-o", "json").out()).contains("\"id\" : \"shop/front-3\"");
      assertThat(run(api, "proxies", "-o", "yaml").out()).contains("id: \"shop/front-3\"");
    }
  }

  /** The same text and the same exit code, from the same objects. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain shop/cart --node node-a1",
        "explain cart --zone zone-a -o wide",
        "explain svc/cart -n shop --zone zone-a -o json",
        "explain shop/cart --zone zone-a --port 80 --what-if zone-down=zone-a -o yaml",
        "explain cart.shop.svc.cluster.local:80 --zone zone-a",
        "explain 10.96.0.1 --zone zone-a -o json",
        "explain shop/pay --zone zone-a",
        "explain shop/cart --zone zone-a --to 10.0.1.1",
        "explain shop/cart --zone zone-a --to 10.0.1.2 -o json",
        "explain shop/cart --zone zone-a --to nonsense -o wide",
        "endpoints shop/cart",
        "endpoints shop/cart --node node-a1 -o json",
        "zones --what-if zone-down=zone-b",
        "check --what-if zone-down=zone-a,endpoint-added=10.0.9.9@node-a1",
        "check --what-if preference=same-zone -o json --fail-on warning",
        "findings -n shop",
        "findings --fail-on warning -o json"
      })
  void answersAsOverTheFiles(String command) throws Exception {
    try (RunningApi api = start()) {
      Run offline = run(command + " -f " + folder);
      assertThat(offline.err()).isEmpty();
      await()
          .untilAsserted(() ->
              assertThat(run(command + " --admin 127.0.0.1:" + api.port())).isEqualTo(offline));
    }
  }

  @Test
  void asksTheServerForNames() throws Exception {
    try (RunningApi api = start()) {
      await()
          .untilAsserted(() ->
              assertThat(run(api, "explain", "carts.shop", "--zone", "zone-a"))
                  .isEqualTo(
                      new Run(
                          1,
                          "",
                          "topology-xds explain: no Service has the name carts.shop (of 3"
                              + " Services); did you mean shop/cart?\n")));
      assertThat(api.json("/api/v1/names?host=cart&namespace=shop").toString())
          .isEqualTo("{\"namespace\":\"shop\",\"name\":\"cart\",\"hostname\":\"\"}");
      assertThat(api.get("/api/v1/names?host=cart&namespace=pay").statusCode()).isEqualTo(404);
      assertThat(api.get("/api/v1/names").statusCode()).isEqualTo(400);
    }
  }

  /** A server knows more than files do: of itself, and of who is connected. */
  @Test
  void checksWhoIsConnected() throws Exception {
    try (RunningApi api = start()) {
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      AnsweringClient.connect(api, "shop/front-2", "node-a2", Manner.ACCEPTS);
      AnsweringClient.connect(api, "shop/front-3", "node-a1", Manner.REFUSES);
      await()
          .untilAsserted(() ->
              assertThat(run(api, "check").out())
                  .contains("3 clients: 2 in sync, 0 waiting, 1 refusing   CLIENTS"));
      Run checked = run(api, "check", "--fail-on", "error");
      assertThat(checked.exit()).isEqualTo(1);
      assertThat(checked.out().lines().map(String::strip))
          .containsAll(
              run("check -f " + folder)
                  .out()
                  .lines()
                  .map(String::strip)
                  .filter(line -> !line.matches("\\d.*"))
                  .toList())
          .contains(
              "WARN  client shop/front-2 has no zone: Node node-a2 tells none   CLIENT_WITHOUT_ZONE")
          .anyMatch(line ->
              line.matches(
                  "ERROR client shop/front-3 has refused cluster resources for \\d+ s: cannot bind"
                      + " 127\\.0\\.0\\.1:15001   NACK"))
          .contains("ok    programs: 3 x envoy 1.40.0   CLIENT_VERSIONS");
    }
  }

  @Test
  void explainsToAClientByItsId() throws Exception {
    try (RunningApi api = start()) {
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      await()
          .untilAsserted(() ->
              assertThat(run(api, "explain", "shop/cart", "--from", "shop/front-1").exit())
                  .isZero());
      assertThat(run(api, "explain", "shop/cart", "--from", "shop/front-1").out())
          .contains("from node-a1 (zone-a, by its Node)");
      assertThat(run(api, "explain", "shop/cart", "--from", "shop/front-2"))
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "topology-xds explain: no client 'shop/front-2' is connected (1 are); did you"
                      + " mean shop/front-1?\n"));
    }
  }

  @Test
  void saysWhatBecomesOfRequestsToOneEndpoint() throws Exception {
    try (RunningApi api = start()) {
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      String[] explain = {"explain", "shop/cart", "--from", "shop/front-1", "--to", "10.0.1.1"};
      await().untilAsserted(() -> assertThat(run(api, explain).exit()).isZero());
      assertThat(run(api, explain).out()).startsWith("to 10.0.1.1:8080 of shop/cart:http: ");
      explain[5] = "10.0.1.2";
      assertThat(run(api, explain).exit()).isEqualTo(3);
      explain[5] = "10.0.1.11";
      assertThat(run(api, explain))
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "topology-xds explain: shop/cart has no endpoint 10.0.1.11; did you mean"
                      + " 10.0.1.1?\n"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  @Test
  void saysInOneLineWhoDoesNotAnswer() throws Exception {
    int port = freePort();
    try (RunningApi api = start()) {
      assertThat(run("proxies --admin 127.0.0.1:" + port))
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "topology-xds proxies: nothing answers at http://127.0.0.1:"
                      + port
                      + ": it is the port of serve --api that is asked\n"));
      assertThat(run("proxies --admin 127.0.0.1:" + api.adminPort()).err())
          .contains("is not the API of topology-xds (serve --api)")
          .hasLineCount(1);
      assertThat(run(api, "explain", "shop/crt", "--zone", "zone-a").err())
          .contains("no Service shop/crt")
          .hasLineCount(1);
      assertThat(run("explain shop/cart --from me -f " + folder))
          .satisfies(run -> {
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("--from CLIENT is for a running server").hasLineCount(1);
          });
    }
  }

  /** A flag that does nothing is worse than one that is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "zones --preference same-zone",
        "explain shop/cart --zone zone-a --no-derive",
        "endpoints shop/cart --not-ready omit",
        "findings --cluster-domain example.org",
        "check --max-ports-per-service 7"
      })
  void aServersSettingsAreItsOwn(String command) {
    Run refused = run(command + " --admin 127.0.0.1:1");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains(" is for -f: a running server answers").hasLineCount(1);
  }

  private RunningApi start() throws Exception {
    return new RunningApi(folder, ApiServerTest.MANIFESTS);
  }

  private static Run run(RunningApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--admin", "127.0.0.1:" + api.port()));
    return run(all);
  }

  private static Run run(String line) {
    return run(List.of(line.split(" ")));
  }

  private static Run run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(out));
    root.setErr(new PrintWriter(err));
    return new Run(root.execute(arguments.toArray(String[]::new)), out.toString(), err.toString());
  }
}
