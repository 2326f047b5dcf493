package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.load.LoadCounts;
import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.load.LoadMatrix.Cell;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Envoys report of their load is what was sent, request by request. */
abstract class LoadReportScenarios extends EnvoyScenario {
  private static final XdsSettings OFTEN =
      XdsSettings.DEFAULT.withLoadReportInterval(Duration.ofSeconds(1));

  private static final ObjectName WEB = new ObjectName(Bench.NAMESPACE, "web");

  LoadReportScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  /** From the first request that a new Envoy takes while it has its stream of reports. */
  @ParameterizedTest
  @EnumSource
  void everyRequestCountsOnce(XdsProtocol protocol) throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(2);
    ControlPlane server = bench.startServer(OFTEN);
    Proxy proxy = reporting(server, protocol);

    LoadResult result = proxy.send(1000, web);

    assertThat(result.failed()).as(result.firstError()).isZero();
    assertCounted(server, Map.of(new Cell("zone-a", "zone-a", 0), 1000L));
    assertThat(server.loads().of(WEB, 5).cells()).isEqualTo(server.loads().all(5).cells());
    assertThat(server.loads().byPort(5).keySet()).containsExactly(web.spec().cluster());
    assertThat(server.loads().of(new ObjectName(Bench.NAMESPACE, "we"), 5).cells()).isEmpty();
  }

  @Test
  void aFailoverShowsInTheOtherZone() throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(2);
    ControlPlane server = bench.startServer(OFTEN);
    Proxy proxy = reporting(server, XdsProtocol.DELTA);
    assertThat(proxy.send(1000, web).failed()).isZero();

    web.mark(EndpointState.UNREADY, NEAR);
    proxy.awaitHealthy(web, FAR);
    assertThat(proxy.send(1000, web).failed()).isZero();

    assertCounted(
        server,
        Map.of(new Cell("zone-a", "zone-a", 0), 1000L, new Cell("zone-a", "zone-b", 1), 1000L));
    assertThat(server.loads().all(5).crossZoneShare()).isEqualTo(0.5);
  }

  /** The second half is sent while no server is there, which nobody has asked Envoy about yet. */
  @Test
  void aServerThatComesBackGetsWhatWasNotReportedYet() throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(2);
    ControlPlane first = bench.startServer(OFTEN);
    Proxy proxy = reporting(first, XdsProtocol.DELTA);
    assertThat(proxy.send(1000, web).failed()).isZero();
    assertCounted(first, Map.of(new Cell("zone-a", "zone-a", 0), 1000L));

    bench.stopServer();
    assertThat(proxy.send(1000, web).failed()).isZero();
    ControlPlane second = bench.startServer(OFTEN);

    assertCounted(second, Map.of(new Cell("zone-a", "zone-a", 0), 1000L));
  }

  /**
   * An Envoy that did not get the stream at once opens it after 5 s. What it counts are the
   * clusters that it had at its last report, or when it was told to report.
   */
  private Proxy reporting(ControlPlane server, XdsProtocol protocol) throws Exception {
    Proxy proxy = bench.sidecar("node-a", protocol);
    Wait.until("a stream of reports").until(() -> server.loads().streams() == 1);
    long before = reports(proxy);
    Wait.until("a report of the clusters that are there now").until(() -> reports(proxy) > before);
    return proxy;
  }

  private static long reports(Proxy proxy) throws IOException {
    return proxy.admin().stats("load_reporter.requests").values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static void assertCounted(ControlPlane server, Map<Cell, Long> requests) {
    Wait.until("reports of " + requests)
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(requests(server.loads().all(5))).isEqualTo(new TreeMap<>(requests)));
    LoadCounts total = server.loads().all(5).total();
    assertThat(total.errors()).isZero();
  }

  private static Map<Cell, Long> requests(LoadMatrix matrix) {
    Map<Cell, Long> requests = new TreeMap<>();
    matrix.cells().forEach((cell, counts) -> requests.put(cell, counts.requests()));
    return requests;
  }
}
