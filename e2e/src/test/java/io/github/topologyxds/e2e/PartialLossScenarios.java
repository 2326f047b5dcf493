package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A zone that loses some of its endpoints keeps what the rest can carry (over-provisioning 1.4).
 */
abstract class PartialLossScenarios extends EnvoyScenario {
  private static final int REQUESTS = 4000;

  /** Percent. */
  private static final Offset<Double> TOLERANCE = within(5.0);

  PartialLossScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @Test
  void lostCapacitySpillsInProportion() throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    assertThat(nearShare("4 of 4", proxy, web)).isEqualTo(100);
    leaveOfNear(3, proxy, web);
    assertThat(nearShare("3 of 4", proxy, web)).isEqualTo(100);
    leaveOfNear(2, proxy, web);
    assertThat(nearShare("2 of 4", proxy, web)).isCloseTo(70, TOLERANCE);
    leaveOfNear(1, proxy, web);
    assertThat(nearShare("1 of 4", proxy, web)).isCloseTo(36, TOLERANCE);
    leaveOfNear(4, proxy, web);
    assertThat(nearShare("4 of 4 again", proxy, web)).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource
  void aRestartInTheMiddleOfItMovesNothing(XdsProtocol protocol) throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", protocol);
    leaveOfNear(2, proxy, web);
    double before = nearShare(protocol + " 2 of 4 before the restart", proxy, web);

    bench.stopServer();
    double without = nearShare(protocol + " without a server", proxy, web);
    bench.startServer();
    bench.awaitInStep(proxy);
    double after = nearShare(protocol + " after the restart", proxy, web);

    assertThat(before).isCloseTo(70, TOLERANCE);
    assertThat(without).isCloseTo(before, TOLERANCE);
    assertThat(after).isCloseTo(before, TOLERANCE);
  }

  /** Unready near endpoints lose their hints, as the real controller writes it. */
  private static void leaveOfNear(int count, Proxy proxy, Workload web) throws IOException {
    Set<BackendSpec> left = new HashSet<>();
    web.backends(NEAR).stream().limit(count).forEach(backend -> left.add(backend.spec()));
    web.mark(EndpointState.READY, left::contains);
    web.mark(EndpointState.UNREADY, NEAR.and(pod -> !left.contains(pod)));
    proxy.awaitHealthy(web, FAR.or(left::contains));
  }

  private static double nearShare(String what, Proxy proxy, Workload web) {
    web.resetCounts();
    LoadResult result = proxy.send(REQUESTS, web);
    report("partial loss, " + what, result, web);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted()).isEqualTo(REQUESTS);
    return web.share(NEAR);
  }
}
