package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.demo.RunningDemo;
import io.github.topologyxds.e2e.replicas.CommandRun;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page of {@code demo --keep} and {@code explain -o json} say the same of its Envoy in zone-a,
 * and 3,000 requests through that Envoy go where both say.
 */
@Tag("browser")
class PageOfDemoTest {
  private static final int REQUESTS = 3000;

  /** In percent of all requests. */
  private static final double TOLERANCE = 3;

  @TempDir private Path folder = Path.of("");

  @Test
  void tellsWhatExplainTellsAndRequestsDo() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (RunningDemo demo = RunningDemo.start(folder.resolve("printed"), temporary);
        Browser browser =
            new Browser(URI.create(demo.found("page +(http://127\\.0\\.0\\.1:[0-9]+)/\n")))) {
      browser.open("");
      String client =
          explained(demo, "proxies -o json")
              .at("/items")
              .valueStream()
              .filter(item -> item.at("/node").stringValue("").equals("node-a"))
              .map(item -> item.at("/id").stringValue(""))
              .findFirst()
              .orElseThrow();
      browser.choose("service=shop/web&client=" + client);
      JsonNode well = agreeing(demo, browser, client);
      assertThat(well.at("/stays").doubleValue()).isEqualTo(1);
      assertThat(well.at("/endpoints")).hasSize(9);

      // One of three is left: Envoy keeps 46 % there and spills the rest.
      demo.unready("127.1.1.2", "127.1.1.3");
      Wait.until("explain to tell of the loss")
          .until(() -> port(demo, client).at("/leaves").doubleValue() > 0);
      JsonNode lost = agreeing(demo, browser, client);
      assertThat(lost.at("/stays").doubleValue()).isBetween(0.45, 0.48);
      browser.assertQuiet();
    }
  }

  /** Returns what all three say of the Service's port. */
  private static JsonNode agreeing(RunningDemo demo, Browser browser, String client)
      throws Exception {
    SortedMap<String, Double> expected = new TreeMap<>();
    JsonNode port = port(demo, client);
    for (JsonNode endpoint : port.at("/endpoints")) {
      expected.put(
          endpoint.at("/address").stringValue("") + ":" + endpoint.at("/port").intValue(),
          endpoint.at("/share").doubleValue());
    }
    Wait.until("the page to show what explain says")
        .untilAsserted(() -> assertThat(PageFiguresTest.shares(browser)).isEqualTo(expected));

    URI envoy = URI.create(demo.found("curl -x (http://\\S+)"));
    LoadResult sent =
        new LoadGenerator(
                new InetSocketAddress(envoy.getHost(), envoy.getPort()),
                LoadRequest.get("web.shop"))
            .run(LoadBounds.of(REQUESTS, 8));
    assertThat(sent.failed()).as(sent.firstError()).isZero();
    assertThat(sent.total()).isEqualTo(REQUESTS);
    expected.forEach((address, share) ->
        assertThat(100.0 * sent.byBackend().getOrDefault(backend(address), 0L) / REQUESTS)
            .as(address)
            .isCloseTo(100 * share, within(TOLERANCE)));
    return port;
  }

  /** The demo's backend web-b3 has the address 127.1.2.3. */
  private static String backend(String address) {
    String[] parts = address.substring(0, address.indexOf(':')).split("\\.", -1);
    return "web-" + (char) ('a' - 1 + Integer.parseInt(parts[2])) + parts[3];
  }

  private static JsonNode port(RunningDemo demo, String client) throws Exception {
    return explained(demo, "explain shop/web --from " + client + " -o json").at("/ports/0");
  }

  private static JsonNode explained(RunningDemo demo, String command) throws Exception {
    String api = demo.found("page +http://(127\\.0\\.0\\.1:[0-9]+)/\n");
    CommandRun run = CommandRun.of(command + " --admin " + api);
    assertThat(run.exit()).as(run.err()).isZero();
    return new JsonMapper().readTree(run.out());
  }
}
