package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.EnvoyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services that come and go faster than an Envoy warms their clusters. It acknowledges CDS only
 * once all are warm, so endpoints that never come would stop everything else for good.
 */
class ServiceChurnTest {
  private static final int ROUNDS = 8;
  private static final int CHANGES = 60;
  private static final int SERVICES = 6;

  @TempDir private Path folder = Path.of("");

  @Test
  void noClusterIsLeftWarming() throws Exception {
    Random random = new Random(2);
    try (ApiServer api = ApiServer.start()) {
      Shop shop = new Shop(api, FreePorts.next());
      try (ClusterReader reader = new ClusterReader(api.kubeconfig(folder, "reader"));
          LiveBench bench = LiveBench.start(api.kubeconfig(folder))) {
        for (int round = 0; round < ROUNDS; round++) {
          for (int change = 0; change < CHANGES; change++) {
            String name = "s" + random.nextInt(SERVICES);
            if (random.nextInt(4) == 0
                && api.get(ResourceKind.SERVICES, "shop", name).isPresent()) {
              api.delete(ResourceKind.SERVICES, "shop", name);
              api.delete(ResourceKind.ENDPOINT_SLICES, "shop", name + "-1");
            } else {
              shop.other(name, "10.8.1." + (1 + random.nextInt(200)));
            }
            // The pace is what the test is about: some changes meet in one window, some do not.
            if (random.nextInt(3) == 0) {
              LockSupport.parkNanos(Duration.ofMillis(random.nextInt(30)).toNanos());
            }
          }
          bench.awaitInSync(reader, "shop"::equals);
          Wait.until("all clusters are warm")
              .untilAsserted(() -> assertThat(EnvoyState.warming(bench.envoy())).isZero());
        }
        bench.assertNeverEmpty("shop/web:http");
      } finally {
        shop.close();
      }
    }
  }
}
