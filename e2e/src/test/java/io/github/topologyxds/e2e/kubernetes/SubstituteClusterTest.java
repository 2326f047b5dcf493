package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The scenarios against the substitute. */
class SubstituteClusterTest extends ClusterScenarios {
  private static final int ROLLED_OUT = 50;
  private static final Pattern PUSHES =
      Pattern.compile("topology_xds_pushes_total\\{type=\"endpoint\"} (\\d+)");

  private final ApiServer api = ApiServer.start();

  @Override
  Path kubeconfig(Path into) throws IOException {
    return api.kubeconfig(into);
  }

  @Override
  void release() {
    api.close();
  }

  @Test
  void theMetricsTellWhatIsServedAndToWhom() throws Exception {
    try (LiveBench bench = bench()) {
      String web = namespace() + "/web:http";
      Wait.until("Envoy has the Service")
          .untilAsserted(
              () -> assertThat(bench.clusters().getOrDefault(web, new TreeSet<>())).hasSize(3));
      objects().slice("web", "web-a", "zone-a", "10.77.0.1", "10.77.0.2", "10.77.0.3");
      Wait.until("the change")
          .untilAsserted(
              () -> assertThat(bench.clusters().getOrDefault(web, new TreeSet<>())).hasSize(4));
      Wait.until("both have accepted it")
          .untilAsserted(() ->
              assertThat(bench.admin("/metrics").body())
                  .contains(
                      "topology_xds_services 1.0\n",
                      "topology_xds_endpoints{priority=\"0\",reason=\"TRAFFIC_DISTRIBUTION\"} 3.0\n",
                      "topology_xds_endpoints{priority=\"1\",reason=\"TRAFFIC_DISTRIBUTION\"} 1.0\n",
                      "topology_xds_clients{protocol=\"delta\",zone=\"zone-a\"} 2.0\n",
                      "topology_xds_change_to_ack_seconds_count 2\n",
                      "topology_xds_nacks_total{type=\"endpoint\"} 0.0\n"));
    }
  }

  /** L3, shortened: 50 Services x 100 endpoints are replaced ten times. */
  @Test
  void aRolloutCostsTenPushesASecondAtMost() throws Exception {
    for (int i = 0; i < ROLLED_OUT; i++) {
      objects().service("s" + i, "");
      rollOut(i, 0);
    }
    try (LiveBench bench = bench()) {
      awaitInSync(bench);
      long before = pushes(bench);
      long begun = System.nanoTime();
      for (int event = 0; event < 10 * ROLLED_OUT; event++) {
        rollOut(event % ROLLED_OUT, 1 + event / ROLLED_OUT);
      }
      awaitInSync(bench);
      long windows = (System.nanoTime() - begun) / TimeUnit.MILLISECONDS.toNanos(100) + 1;
      // Two clients, each with at most one response with changes in 100 ms.
      assertThat(pushes(bench) - before).isPositive().isLessThanOrEqualTo(2 * windows);
      for (int i = 0; i < ROLLED_OUT; i++) {
        bench.assertNeverEmpty(namespace() + "/s" + i + ":http");
      }
    }
  }

  private void rollOut(int service, int generation) {
    String[] addresses =
        IntStream.range(0, 100)
            .mapToObj(i -> "10.%d.%d.%d".formatted(100 + service, generation, i + 1))
            .toArray(String[]::new);
    objects().slice("s" + service, "s" + service + "-1", "zone-a", addresses);
  }

  private static long pushes(LiveBench bench) throws Exception {
    Matcher matcher = PUSHES.matcher(bench.admin("/metrics").body());
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
