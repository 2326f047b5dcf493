package io.github.topologyxds.e2e.protocol;

import static io.github.topologyxds.e2e.bench.Workload.inZone;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes wait for an hour here, and only the loss of what is near does not. */
class HeldBackTest {
  private static final XdsLimits HOURLY = XdsLimits.DEFAULT.withPushInterval(Duration.ofHours(1));

  @ParameterizedTest
  @EnumSource
  void theLossOfTheLastNearEndpointIsNot(XdsProtocol protocol) throws Exception {
    try (Bench bench = new Bench(new ProcessEnvoyRunner())) {
      bench.world().zones(2);
      Workload web = bench.web(2);
      assertThat(bench.startServer(HOURLY).xdsPort()).isPositive();
      Proxy proxy = bench.sidecar("node-a", protocol);
      proxy.awaitHealthy(web, pod -> true);
      long before = updates(proxy, web);
      try (RunningLoad load = proxy.traffic(web)) {
        Predicate<BackendSpec> first = inZone("zone-a").and(pod -> pod.address().endsWith(".1"));
        web.mark(EndpointState.UNREADY, first);
        // The server has it, as one that asks for the first time is told.
        Proxy fresh = bench.sidecar("node-a", protocol);
        fresh.awaitHealthy(web, first.negate());

        web.mark(EndpointState.UNREADY, inZone("zone-a"));
        proxy.awaitHealthy(web, inZone("zone-b"));
        fresh.awaitHealthy(web, inZone("zone-b"));
        // Both changes in one: the first has waited.
        assertThat(updates(proxy, web)).isEqualTo(before + 1);
        web.awaitOnly(inZone("zone-b"));

        LoadResult result = load.stop();
        assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
      }
    }
  }

  /** How many load assignments Envoy has taken for this Service. */
  private static long updates(Proxy proxy, Workload workload) throws IOException {
    return proxy.stat(workload.spec(), "update_success");
  }
}
