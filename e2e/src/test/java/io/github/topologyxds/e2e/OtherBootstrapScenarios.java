package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.TcpClients;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** gateway.yaml and eds-only.yaml as they are, with the Services that their examples name. */
abstract class OtherBootstrapScenarios extends EnvoyScenario {
  OtherBootstrapScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @BeforeEach
  void twoZones() throws IOException {
    bench.world().zones(2);
  }

  @ParameterizedTest
  @EnumSource
  void gatewayRoutesNearAndFailsOver(XdsProtocol protocol) throws Exception {
    httpRouteFailsOver(BootstrapKind.GATEWAY, protocol);
  }

  @ParameterizedTest
  @EnumSource
  void edsOnlyRoutesNearAndFailsOver(XdsProtocol protocol) throws Exception {
    httpRouteFailsOver(BootstrapKind.EDS_ONLY, protocol);
  }

  @Test
  void edsOnlyMovesTcpAwayFromDeadNearBackends() throws Exception {
    ServiceSpec spec = ServiceSpec.of("data", "db").withPort("pg", 5432, FreePorts.next());
    Workload db = bench.workload(spec, 4);
    bench.startServer();
    Proxy proxy = bench.proxy(BootstrapKind.EDS_ONLY, Bench.inShop("node-a"), XdsProtocol.DELTA);
    proxy.awaitHealthy(db, ALL);

    assertThat(TcpClients.ask(proxy.tcp(), 400)).doesNotContainKey(TcpClients.FAILED).hasSize(4);
    assertThat(db.counted(NEAR)).isEqualTo(400);
    db.resetCounts();
    db.backends(NEAR).forEach(EchoBackend::close);
    Map<String, Long> answers = TcpClients.ask(proxy.tcp(), 2000);

    assertThat(answers).doesNotContainKey(TcpClients.FAILED).hasSize(4);
    assertThat(db.counted(FAR)).isEqualTo(2000);
    report("eds-only, TCP with dead near backends", answers);
  }

  private void httpRouteFailsOver(BootstrapKind kind, XdsProtocol protocol) throws IOException {
    ServiceSpec spec = ServiceSpec.of("shop", "cart").withPort("http", 80, FreePorts.next());
    Workload cart = bench.workload(spec, 4);
    bench.startServer();
    Proxy proxy = bench.proxy(kind, Bench.inShop("node-a"), protocol);
    Wait.until("the route to have endpoints").until(() -> proxy.status("any.example") == 200);
    cart.resetCounts();
    LoadResult result;
    try (RunningLoad traffic = proxy.traffic(cart)) {
      cart.awaitMore(1000, NEAR);
      assertThat(cart.counted(FAR)).isZero();
      cart.mark(EndpointState.UNREADY, NEAR);
      proxy.awaitHealthy(cart, FAR);
      cart.awaitOnly(FAR);
      cart.backends(NEAR).forEach(EchoBackend::close);
      cart.mark(EndpointState.READY, NEAR);
      proxy.awaitHealthy(cart, ALL);
      cart.awaitMore(1000, FAR);
      result = traffic.stop();
    }
    report(kind.label() + " " + protocol + ", unready, then dead and called ready", result, cart);
    assertThat(result.total()).isGreaterThanOrEqualTo(2000);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(cart.counted()).isEqualTo(result.total());
  }
}
