package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.e2e.replicas.CommandRun;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page shows is what {@code explain -o json} prints, and what real requests do. */
@Tag("browser")
class PageFiguresTest {
  private static final int PAIRS = 20;
  private static final int REQUESTS = 3000;

  /** One of each kind. */
  private static final List<String> CHANGES =
      List.of(
          "zone-down=zone-b",
          "node-down=node-a1",
          "endpoint-not-ready=10.1.0.1",
          "endpoint-added=192.0.2.1@zone-c",
          "preference=same-zone",
          "internalTrafficPolicy=Local",
          "failover=zone",
          "spill-below=100%");

  /** The shares by address:port, as the table of endpoints has them. */
  private static final String SHARES =
      """
      const shares = {};
      for (const row of document.querySelectorAll('table[aria-label="Endpoints"] tbody tr')) {
        shares[row.querySelector('th').innerText] = row.querySelector('data').value;
      }
      return shares;
      """;

  /** Chooses where an endpoint more is tried. */
  private static final String ADD =
      """
      const choice = document.querySelector('#endpoint-added');
      choice.value = arguments[0];
      choice.dispatchEvent(new Event('change', {bubbles: true}));
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void areThoseOfExplain() throws Exception {
    PageWorld world = new PageWorld(3, 5, 12);
    world.write(folder);
    Random random = new Random(7);
    List<List<String>> places = new ArrayList<>();
    world.zoneNames().forEach(zone -> places.add(List.of("zone", zone)));
    world.nodeNames().forEach(node -> places.add(List.of("node", node)));
    try (PageServer server = new PageServer(folder);
        Browser browser = new Browser(server.origin())) {
      browser.open("");
      int spilling = 0;
      for (int i = 0; i < PAIRS; i++) {
        String service = world.serviceNames().get(i % 5);
        List<String> place = places.get(random.nextInt(places.size()));
        String change = i % 2 == 1 ? CHANGES.get(i / 2 % CHANGES.size()) : "";
        browser.choose(
            "service=%s&%s=%s%s"
                .formatted(
                    service,
                    place.get(0),
                    place.get(1),
                    change.isEmpty() ? "" : "&what-if=" + change.replace("%", "%25")));
        JsonNode port =
            explained(
                "explain %s -f %s --%s %s -o json%s"
                    .formatted(
                        service,
                        folder,
                        place.get(0),
                        place.get(1),
                        change.isEmpty() ? "" : " --what-if " + change));
        SortedMap<String, Double> expected = new TreeMap<>();
        for (JsonNode endpoint : port.at("/endpoints")) {
          expected.put(
              endpoint.at("/address").stringValue() + ":" + endpoint.at("/port").intValue(),
              endpoint.at("/share").doubleValue());
        }
        assertThat(shares(browser)).as(service + " from " + place.get(1)).isEqualTo(expected);
        if (port.at("/reachable").booleanValue()) {
          assertThat(figure(browser, "#leaves")).isEqualTo(port.at("/leaves").doubleValue());
          spilling += port.at("/leaves").doubleValue() > 0 ? 1 : 0;
        } else {
          assertThat(browser.text("#verdict")).contains("no endpoint");
        }
        assertThat(browser.text("#verdict"))
            .contains(String.valueOf(port.at("/decision/reason").stringValue()));
        assertThat(browser.json("return document.querySelectorAll('.rules li').length").intValue())
            .isEqualTo(port.at("/rules").size());
      }
      browser.choose("service=shop/cart&zone=zone-a");
      var unused = browser.driver().executeScript(ADD, "zone-c");
      browser.await(".what-if", "tried: endpoint-added=192.0.2.1@zone-c");
      browser.settled();
      assertThat(shares(browser)).containsKey("192.0.2.1:8080");
      // They are no easy ones.
      assertThat(spilling).isGreaterThan(PAIRS / 4);
      browser.assertQuiet();
    }
  }

  /** 3,000 requests each through a real Envoy, the first of which spill over. */
  @Test
  void areWhatRequestsDo() throws Exception {
    try (Bench bench = new Bench(new ProcessEnvoyRunner())) {
      bench.world().zones(3);
      List<Workload> workloads = new ArrayList<>();
      for (String name : List.of("cart", "web", "pay")) {
        workloads.add(
            bench.workload(
                ServiceSpec.of(Bench.NAMESPACE, name).withPort("http", 80, FreePorts.next()), 2));
      }
      String dying =
          workloads.getFirst().backends(Workload.inZone("zone-a")).getFirst().spec().name();
      try (PageServer server = new PageServer(bench.world().folder(), bench.xdsPort());
          Browser browser = new Browser(server.origin())) {
        // Seen ready before, it keeps its place.
        workloads.getFirst().mark(EndpointState.UNREADY, pod -> pod.name().equals(dying));
        Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
        proxy.awaitHealthy(workloads.getFirst(), pod -> !pod.name().equals(dying));
        browser.open("");
        for (Workload workload : workloads) {
          String client = server.json("clients").at("/items/0/id").stringValue("");
          browser.choose("service=shop/%s&client=%s".formatted(workload.spec().name(), client));
          assertThat(proxy.send(REQUESTS, workload).failed()).isZero();
          shares(browser)
              .forEach((address, share) ->
                  assertThat(100.0 * share)
                      .as(workload.spec().name() + " " + address)
                      .isCloseTo(workload.share(at(address)), within(3.0)));
        }
        assertThat(figure(browser, "#leaves")).isZero();
        browser.choose("service=shop/cart&zone=zone-a");
        assertThat(figure(browser, "#leaves")).isGreaterThan(0.2);
        browser.picture("page");
        browser.assertQuiet();
      }
    }
  }

  private static Predicate<BackendSpec> at(String address) {
    return pod -> address.equals(pod.address() + ":" + pod.port());
  }

  private static JsonNode explained(String line) {
    CommandRun run = CommandRun.of(line);
    assertThat(run.exit()).as(run.err()).isIn(0, 3);
    return new JsonMapper().readTree(run.out()).at("/ports/0");
  }

  /** Returns what the table of endpoints says of each address:port, 0..1. */
  static SortedMap<String, Double> shares(Browser browser) {
    SortedMap<String, Double> shares = new TreeMap<>();
    browser
        .json(SHARES)
        .properties()
        .forEach(share ->
            shares.put(share.getKey(), Double.parseDouble(share.getValue().stringValue())));
    return shares;
  }

  private static double figure(Browser browser, String selector) {
    return Double.parseDouble(String.valueOf(browser.find(selector).getDomAttribute("value")));
  }
}
