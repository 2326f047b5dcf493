package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.Ending;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.Injection;
import io.github.topologyxds.e2e.apiserver.RecordedRequest;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.apiserver.WatchRules;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.EnvoyState;
import io.github.topologyxds.e2e.protocol.SeenHost;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever the API server does: requests go on, no endpoint is taken away, and in the end Envoy has
 * what the server holds.
 */
class ApiFaultsTest extends ApiFaultScenario {
  ApiFaultsTest() throws Exception {}

  @Test
  void aRestartWhileTheApiIsAwayTakesNothingFromEnvoy() throws Exception {
    int xdsPort = FreePorts.next();
    var first = LiveBench.serve(kubeconfig, xdsPort);
    try (EnvoyProcess envoy = new Sidecars(xdsPort, XdsProtocol.DELTA).start("node-a")) {
      SortedMap<String, SortedSet<SeenHost>> before = EnvoyState.clusters(envoy);
      assertThat(before).containsKey("shop/web:http");
      first.close();
      api.stopListening();
      try (var second = LiveBench.serve(kubeconfig, xdsPort)) {
        Wait.until("Envoy has been refused")
            .untilAsserted(() ->
                assertThat(envoy.stats("control_plane.connected_state").values())
                    .containsExactly(0L));
        try (var http = HttpClient.newHttpClient()) {
          var ready =
              http.send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + second.adminPort() + "/readyz"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
          assertThat(ready.statusCode()).isEqualTo(503);
          assertThat(ready.body())
              .contains("waiting for Namespace", "waiting for Node", "waiting for Service")
              .contains("waiting for EndpointSlice");
        }
        assertThat(EnvoyState.clusters(envoy)).isEqualTo(before);
        api.listen();
        shop.endpoints(1, 2, 3);
        Wait.until("the change that came after")
            .untilAsserted(
                () -> assertThat(EnvoyState.clusters(envoy).get("shop/web:http")).hasSize(3));
      }
    } finally {
      first.close();
    }
  }

  /** What a server answers that has forgotten our place, in both forms. */
  @ParameterizedTest
  @MethodSource("gone")
  void afterA410NothingIsMissed(Fault fault) throws Exception {
    shop.other("gone", "10.9.0.1");
    try (LiveBench bench = LiveBench.start(kubeconfig);
        SteadyTraffic traffic = shop.traffic(bench)) {
      api.stopListening();
      changeEverything();
      api.compact();
      api.faults().inject(fault, Where.everywhere().only(Verb.WATCH), 4);
      api.listen();
      awaitInSync(bench);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
    }
  }

  /**
   * An outage of some length: every kind is asked for in vain many times, by what costs nothing,
   * and when the server is back, each is listed once and at once.
   */
  @Test
  void afterAnOutageEachKindIsListedOnce() throws Exception {
    shop.other("gone", "10.9.0.1");
    try (LiveBench bench = LiveBench.start(kubeconfig);
        SteadyTraffic traffic = shop.traffic(bench)) {
      api.clearRequests();
      Injection away = api.faults().inject(new Fault.HttpError(503), Where.everywhere());
      api.endWatches(Ending.CUT);
      Wait.until("ten failures of each kind")
          .atMost(Duration.ofSeconds(20))
          .until(() -> ours(Verb.LIST).size() >= 10 * KINDS.size());
      changeEverything();
      api.compact();
      api.compact();
      away.lift();
      awaitInSync(bench);
      Wait.until("each kind is listed").until(() -> wholeLists().size() >= KINDS.size());
      assertThat(wholeLists()).hasSize(KINDS.size()).allMatch(r -> r.status() == 200);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
    }
  }

  static Stream<Fault> gone() {
    return Stream.of(new Fault.GoneEvent(), new Fault.GoneStatus());
  }

  /** On the wire; ObservedFeedPropertyTest does it without. */
  @ParameterizedTest
  @MethodSource("disorder")
  void repeatedAndDisorderedEventsLeadToTheSameEnd(Fault fault) throws Exception {
    try (LiveBench bench = LiveBench.start(kubeconfig);
        Injection disorder = api.faults().inject(fault, Where.everywhere())) {
      Random random = new Random(7);
      for (int change = 0; change < 300; change++) {
        String name = "s" + random.nextInt(6);
        if (random.nextInt(4) == 0 && exists(name)) {
          api.delete(ResourceKind.SERVICES, "shop", name);
          api.delete(ResourceKind.ENDPOINT_SLICES, "shop", name + "-1");
        } else {
          shop.other(name, "10.8.1." + (1 + random.nextInt(200)));
        }
      }
      disorder.lift();
      awaitInSync(bench);
      bench.assertNeverEmpty("shop/web:http");
    }
  }

  private boolean exists(String service) {
    return api.get(ResourceKind.SERVICES, "shop", service).isPresent();
  }

  static Stream<Fault> disorder() {
    return Stream.of(new Fault.Duplicated(), new Fault.Replayed(), new Fault.Reordered(5, 42));
  }

  /** The first state does not hang on a server's support of WatchList. */
  @ParameterizedTest
  @EnumSource
  void theFirstStateNeedsNoWatchList(WatchRules.WatchList support) throws Exception {
    api.watchRules(WatchRules.standard().with(support).withBookmarks(Duration.ofMillis(100)));
    try (LiveBench bench = LiveBench.start(kubeconfig)) {
      shop.endpoints(1, 2, 3);
      awaitInSync(bench);
      bench.assertNeverEmpty("shop/web:http");
    }
  }

  /** At the start, and while it runs. */
  @ParameterizedTest
  @MethodSource("errors")
  void errorsAndBrokenAnswersAreSurvived(Fault fault) throws Exception {
    shop.other("gone", "10.9.0.1");
    api.faults().inject(fault, Where.everywhere().only(Verb.LIST), 4);
    try (LiveBench bench = LiveBench.start(kubeconfig);
        SteadyTraffic traffic = shop.traffic(bench)) {
      api.faults().inject(fault, Where.everywhere().only(Verb.WATCH), 4);
      api.endWatches(Ending.CUT);
      changeEverything();
      awaitInSync(bench);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
      assertThat(api.requests()).as("no storm of requests").hasSizeLessThan(200);
    }
  }

  static Stream<Fault> errors() {
    return Stream.of(
        new Fault.HttpError(500),
        new Fault.HttpError(503),
        new Fault.Reset(),
        new Fault.BrokenJson(),
        new Fault.TruncatedChunk());
  }

  /** The server says for how long it wants to be left alone. */
  @Test
  void retryAfterIsKept() throws Exception {
    Where services = Where.of(ResourceKind.SERVICES).only(Verb.LIST);
    api.faults().inject(new Fault.HttpError(429, 2), services, 1);
    try (LiveBench bench = LiveBench.start(kubeconfig)) {
      awaitInSync(bench);
      List<RecordedRequest> lists =
          wholeLists().stream().filter(r -> r.path().endsWith("/services")).toList();
      assertThat(lists).extracting(RecordedRequest::status).containsExactly(429, 200);
      assertThat(Duration.between(lists.getFirst().at(), lists.getLast().at()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
  }

  /** An object of 10 MB, which no etcd would hold, passes as well. */
  @Test
  void aHugeObjectIsTakenIn() throws Exception {
    try (LiveBench bench = LiveBench.start(kubeconfig)) {
      ObjectNode huge = (ObjectNode) api.get(ResourceKind.SERVICES, "shop", "web").orElseThrow();
      huge = huge.deepCopy();
      ((ObjectNode) huge.path("metadata"))
          .put("name", "huge")
          .putObject("annotations")
          .put("text", "x".repeat(10 << 20));
      api.load(Stream.of(huge));
      awaitInSync(bench);
      assertThat(bench.clusters()).containsKey("shop/huge:http");
    }
  }

  @Test
  void zonesThatVanishFromTheNodesTakeNoEndpointAway() throws Exception {
    try (LiveBench bench = LiveBench.start(kubeconfig);
        SteadyTraffic traffic = shop.traffic(bench)) {
      Wait.until("near first").untilAsserted(() -> assertThat(priorities(bench)).contains("P1"));
      shop.node(1, "");
      shop.node(2, "");
      Wait.until("cluster wide")
          .untilAsserted(() -> assertThat(priorities(bench)).doesNotContain("P1"));
      awaitInSync(bench);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
    }
  }

  private static String priorities(LiveBench bench) throws Exception {
    return String.valueOf(bench.clusters().get("shop/web:http"));
  }
}
