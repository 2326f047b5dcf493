package io.github.topologyxds.e2e.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
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

/** Fair shares at an Envoy that takes endpoints alone. */
class BalanceTest {
  /** What the example of eds-only.yaml asks for. */
  private static final ObjectName CART = new ObjectName("shop", "cart");

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

  /** Its cluster has no locality_weighted_lb_config: locality weights alone would give 20 %. */
  @Test
  void shouldSplitAlikeWhereTheClusterUsesNoLocalityWeights() throws Exception {
    AskedService cart =
        new AskedService(
            CART,
            "topology-xds.io/preference: same-zone, topology-xds.io/balance: fair",
            List.of(0, 1));
    EnvoyProcess envoy =
        bench.serve(ShareWorld.nodes() + cart.yaml(0, bench.port()), BootstrapKind.EDS_ONLY);
    Explanation expected = bench.explain(CART);
    Wait.until("endpoints").until(() -> !envoy.admin().hosts("shop/cart:http").isEmpty());
    Counted counted = ShareBench.count(CART, expected, envoy);

    assertThat(counted.failed()).isZero();
    assertThat(ShareBench.differences(CART, expected, counted)).isEmpty();
    // One of five ready endpoints and half of the CPU, in steps of 10 %.
    assertThat(AskedService.requestsIn("a", counted.byHost()) * 100.0 / ShareBench.REQUESTS)
        .isCloseTo(48, within(3.0));
  }
}
