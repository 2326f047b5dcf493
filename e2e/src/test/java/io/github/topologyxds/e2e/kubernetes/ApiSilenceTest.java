package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.Injection;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An API server whose connections stand, and say nothing more. */
class ApiSilenceTest extends ApiFaultScenario {
  ApiSilenceTest() throws Exception {}

  /** Waits for a limit of ours to pass. */
  @Test
  void aHungApiIsNoticedAndServingGoesOn() throws Exception {
    shop.other("gone", "10.9.0.1");
    try (LiveBench bench = LiveBench.start(kubeconfig);
        SteadyTraffic traffic = shop.traffic(bench)) {
      Injection hang = api.faults().hang();
      changeEverything();
      Wait.until("the silence is noticed")
          .atMost(Duration.ofSeconds(45))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() -> assertThat(bench.admin("/readyz").body()).contains("stale: "));
      assertThat(bench.admin("/readyz").statusCode()).isEqualTo(200);
      assertThat(bench.admin("/metrics").body())
          .contains("topology_xds_watch_stale{kind=\"EndpointSlice\",namespace=\"\"} 1.0");
      hang.lift();
      // All four kinds, each of which may still wait for its back-off to pass.
      Wait.until("caught up")
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(bench.admin("/readyz").body()).isEqualTo("ok\n"));
      awaitInSync(bench);
      bench.assertNeverEmpty("shop/web:http");
      traffic.assertNoneFailed();
    }
  }
}
