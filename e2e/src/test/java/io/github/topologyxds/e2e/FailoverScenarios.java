package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The near endpoints go, as Kubernetes says, and come back: under traffic, and nobody notices. */
abstract class FailoverScenarios extends EnvoyScenario {
  FailoverScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @ParameterizedTest
  @EnumSource
  void nearEndpointsTurnUnready(Variant variant) throws Exception {
    bench.world().zones(variant.zones());
    goAndComeBack(variant.protocol(), EndpointState.UNREADY);
  }

  @Test
  void nearEndpointsTerminate() throws Exception {
    bench.world().zones(3);
    goAndComeBack(XdsProtocol.DELTA, EndpointState.TERMINATING);
  }

  @Test
  void nearEndpointsVanishFromTheSlice() throws Exception {
    bench.world().zones(3);
    goAndComeBack(XdsProtocol.DELTA, EndpointState.ABSENT);
  }

  private void goAndComeBack(XdsProtocol protocol, EndpointState gone) throws IOException {
    Workload web = bench.web(3);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", protocol);
    LoadResult result;
    try (RunningLoad traffic = proxy.traffic(web)) {
      web.awaitMore(1000, NEAR);
      assertThat(web.counted(FAR)).isZero();

      web.mark(gone, NEAR);
      proxy.awaitHealthy(web, FAR);
      web.awaitOnly(FAR);
      web.awaitMore(1000, FAR);

      web.mark(EndpointState.READY, NEAR);
      proxy.awaitHealthy(web, ALL);
      web.awaitOnly(NEAR);
      result = traffic.stop();
    }
    report(protocol + " near endpoints " + gone + " and back", result, web);
    assertThat(result.total()).isGreaterThanOrEqualTo(2000);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted()).isEqualTo(result.total());
  }
}
