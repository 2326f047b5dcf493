package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server, a process of its own here, is killed under traffic. */
abstract class ServerLossScenarios extends EnvoyScenario {
  ServerLossScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @ParameterizedTest
  @EnumSource
  void trafficGoesOnAndNothingIsLeftOver(XdsProtocol protocol) throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(3);
    web.behave(SLOW, ALL);
    ServiceSpec doomedSpec =
        ServiceSpec.of(Bench.NAMESPACE, "doomed").withPort("http", 80, FreePorts.next());
    Workload doomed = bench.workload(doomedSpec, 1);
    bench.startServerProcess();
    Proxy proxy = bench.sidecar("node-a", protocol);
    assertThat(proxy.status(doomedSpec.authority())).isEqualTo(200);
    LoadResult result;
    try (RunningLoad traffic = proxy.traffic(web)) {
      web.awaitMore(500, NEAR);

      bench.stopServer();
      Wait.until("the stream to break").until(() -> connected(proxy) == 0);
      doomed.delete();
      web.awaitMore(1000, NEAR);
      bench.startServerProcess();
      bench.awaitInStep(proxy);

      Wait.until("the route to be gone").until(() -> proxy.status(doomedSpec.authority()) == 404);
      // Delta: only then, as the old route names it. State-of-the-world: with its first answer.
      Wait.until("the cluster to be gone").until(() -> !proxy.hasCluster(doomedSpec));
      assertThat(web.counted(FAR)).isZero();
      web.mark(EndpointState.UNREADY, NEAR);
      proxy.awaitHealthy(web, FAR);
      web.awaitOnly(FAR);
      result = traffic.stop();
    }
    report(protocol + " server killed and started again", result, web);
    assertThat(result.total()).isGreaterThanOrEqualTo(2000);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted()).isEqualTo(result.total());
  }

  private static long connected(Proxy proxy) throws IOException {
    return proxy
        .admin()
        .stats("control_plane.connected_state")
        .getOrDefault("control_plane.connected_state", 0L);
  }
}
