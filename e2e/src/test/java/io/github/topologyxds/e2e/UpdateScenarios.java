package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.envoy.HostState;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What changes in Kubernetes is in Envoy a moment later, and requests follow it. */
abstract class UpdateScenarios extends EnvoyScenario {
  UpdateScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @ParameterizedTest
  @EnumSource
  void aSliceUpdateReachesEnvoy(XdsProtocol protocol) throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(3);
    Predicate<BackendSpec> first = web.backends(NEAR).getFirst().spec()::equals;
    web.mark(EndpointState.ABSENT, NEAR.and(first.negate()));
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", protocol);
    proxy.send(300, web);
    assertThat(web.counted(first)).isEqualTo(300);

    web.mark(EndpointState.READY, NEAR);
    proxy.awaitHealthy(web, ALL);
    assertThat(proxy.admin().hosts(web.spec().cluster()))
        .filteredOn(host -> host.priority() == 0)
        .extracting(HostState::address)
        .containsExactlyInAnyOrderElementsOf(web.addresses(NEAR));
    web.resetCounts();
    LoadResult result = proxy.send(600, web);

    report(protocol + " scaled from 1 to 3 near endpoints", result, web);
    assertThat(result.failed()).isZero();
    assertThat(web.backends(NEAR))
        .allSatisfy(backend -> assertThat(backend.requests()).isBetween(150L, 250L));
  }

  @ParameterizedTest
  @EnumSource
  void fromNoEndpointToOneAndBack(XdsProtocol protocol) throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(1);
    web.mark(EndpointState.ABSENT, ALL);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", protocol);
    String authority = web.spec().authority();
    assertThat(proxy.status(authority)).isEqualTo(503);

    for (int round = 0; round < 2; round++) {
      web.resetCounts();
      web.mark(EndpointState.READY, NEAR);
      proxy.awaitHealthy(web, NEAR);
      Wait.until("an answer").until(() -> proxy.status(authority) == 200);
      assertThat(proxy.send(100, web).failed()).isZero();
      assertThat(web.counted(NEAR)).isGreaterThan(100).isEqualTo(web.counted());

      web.mark(EndpointState.ABSENT, ALL);
      proxy.awaitHealthy(web, ALL.negate());
      assertThat(proxy.admin().hosts(web.spec().cluster())).isEmpty();
      Wait.until("no answer").until(() -> proxy.status(authority) == 503);
    }
  }
}
