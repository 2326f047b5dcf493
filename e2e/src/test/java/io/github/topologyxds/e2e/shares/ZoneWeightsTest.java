package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.shares.ShareBench.Counted;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.ObjectName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones with shares at an Envoy that takes endpoints alone, and while they begin and end. */
class ZoneWeightsTest {
  /** What the example of eds-only.yaml asks for. */
  private static final ObjectName CART = new ObjectName("shop", "cart");

  private static final String CLUSTER = "shop/cart:http";

  @TempDir private Path folder = Path.of("");
  private ShareBench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new ShareBench(folder);
  }

  @AfterEach
  void stop() throws Exception {
    bench.stop();
  }

  private String yaml(String annotations, List<Integer> unready) {
    return ShareWorld.nodes() + new AskedService(CART, annotations, unready).yaml(0, bench.port());
  }

  /** Its cluster has no locality_weighted_lb_config: the endpoints' own weights make the split. */
  @Test
  void shouldSplitAlikeWhereTheClusterUsesNoLocalityWeights() throws Exception {
    EnvoyProcess envoy =
        bench.serve(
            yaml("topology-xds.io/zone-weights: 'zone-a=40,zone-b=30,zone-c=30'", List.of(0)),
            BootstrapKind.EDS_ONLY);
    Explanation expected = bench.explain(CART);
    Wait.until("endpoints").until(() -> !envoy.admin().hosts(CLUSTER).isEmpty());
    Counted counted = ShareBench.count(CART, expected, envoy);

    assertThat(counted.failed()).isZero();
    assertThat(ShareBench.differences(CART, expected, counted)).isEmpty();
    // Zone-a has 2 of 3 endpoints left, of which 140 % x 2/3 = 93 % of its 40 stay: 38.4 of 100.
    assertThat(AskedService.requestsIn("a", counted.byHost()) * 100.0 / ShareBench.REQUESTS)
        .isCloseTo(38.4, within(2.0));
  }

  /** The cluster itself changes then. */
  @Test
  void shouldFailNoRequestWhileSharesBeginAndEnd() throws Exception {
    String near = "topology-xds.io/preference: same-zone";
    EnvoyProcess envoy = bench.serve(yaml(near, List.of()));
    LoadGenerator load = new LoadGenerator(envoy.outbound(), LoadRequest.get("cart.shop"));
    Wait.until("a route").until(() -> ShareBench.answers(load));
    try (SteadyTraffic traffic = new SteadyTraffic(load)) {
      awaitRequests("a", envoy);
      for (int round = 0; round < 3; round++) {
        bench.change(yaml("topology-xds.io/zone-weights: 'zone-b=1'", List.of()));
        awaitRequests("b", envoy);
        bench.change(yaml(near, List.of()));
        awaitRequests("a", envoy);
      }
      assertThat(traffic.assertNoneFailed()).isGreaterThan(100);
    }
  }

  /** A new cluster counts from 0, so these requests are of after the change. */
  private static void awaitRequests(String zone, EnvoyProcess envoy) {
    Wait.until("requests in zone-" + zone)
        .until(() -> AskedService.requestsIn(zone, ShareBench.requests(CLUSTER, envoy)) >= 20);
  }
}
