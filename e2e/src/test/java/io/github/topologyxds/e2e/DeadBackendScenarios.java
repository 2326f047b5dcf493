package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near backends are dead, and Kubernetes says that they are ready. */
abstract class DeadBackendScenarios extends EnvoyScenario {
  /** Twice the {@code connect_timeout} of our clusters. */
  private static final double MAX_P99_MS = 2000;

  DeadBackendScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @BeforeEach
  void threeZones() throws IOException {
    bench.world().zones(3);
  }

  /** What was sent to a backend that dies over it is lost: sending it again could run it twice. */
  @Test
  void nearBackendsAreKilledInTheMiddleOfTheirWork() throws Exception {
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    LoadResult during;
    try (RunningLoad traffic = proxy.traffic(web)) {
      web.awaitMore(1000, NEAR);
      web.backends(NEAR).forEach(EchoBackend::close);
      web.awaitMore(1500, FAR);
      during = traffic.stop();
    }
    report("near backends killed under load", during, web);
    assertThat(during.total()).isGreaterThanOrEqualTo(2000);
    assertThat(during.failed())
        .as("only what was under way to one of those killed")
        .isLessThanOrEqualTo((long) Proxy.CONCURRENCY * web.backends(NEAR).size())
        .isEqualTo(during.status(503));
    assertThat(web.counted()).as("nothing ran twice").isLessThanOrEqualTo(during.total());

    web.resetCounts();
    LoadResult after = proxy.send(2000, web);
    report("near backends refuse connections", after, web);
    assertThat(after.failed()).as(after.firstError()).isZero();
    assertThat(web.counted(FAR)).isEqualTo(2000);
  }

  @Test
  void theFirstRequestsFindTheNearBackendsDead() throws Exception {
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    web.backends(NEAR).forEach(EchoBackend::close);

    LoadResult result = proxy.send(2000, web);

    report("near backends refuse from the first request", result, web);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted(FAR)).isEqualTo(2000);
  }

  @Test
  void underTrafficKubernetesCallsDeadBackendsReadyAndLaterTheyAre() throws Exception {
    Workload web = bench.web(4);
    web.behave(SLOW, ALL);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    LoadResult result;
    try (RunningLoad traffic = proxy.traffic(web)) {
      awayFromNear(proxy, web);
      web.backends(NEAR).forEach(EchoBackend::close);
      web.mark(EndpointState.READY, NEAR);
      awaitEjection(proxy, web);
      assertThat(proxy.clusters()).contains("failed_outlier_check");
      web.awaitMore(1000, FAR);

      for (EchoBackend backend : web.backends(NEAR)) {
        backend.restart();
      }
      web.awaitOnly(NEAR);
      result = traffic.stop();
    }
    report("dead backends called ready under traffic, and back", result, web);
    assertThat(result.total()).isGreaterThanOrEqualTo(2000);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted()).isEqualTo(result.total());
  }

  @Test
  void underTrafficNearAddressesSwallowPackets() throws Exception {
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    LoadResult result;
    try (RunningLoad traffic = proxy.traffic(web)) {
      awayFromNear(proxy, web);
      swallow(web, NEAR);
      web.mark(EndpointState.READY, NEAR);
      awaitEjection(proxy, web);
      web.awaitMore(1000, FAR);
      result = traffic.stop();
    }
    report("near addresses swallow packets, under traffic", result, web);
    assertThat(result.total()).isGreaterThanOrEqualTo(2000);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted()).isEqualTo(result.total());
    assertThat(result.latency().p99()).isLessThanOrEqualTo(MAX_P99_MS);
  }

  @Test
  void theFirstRequestsFindNearAddressesThatSwallowPackets() throws Exception {
    Workload web = bench.web(4);
    swallow(web, NEAR);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    LoadResult result = proxy.send(2000, web);

    report("near addresses swallow packets from the first request", result, web);
    assertThat(result.failed()).as(result.firstError()).isZero();
    assertThat(web.counted(FAR)).isEqualTo(2000);
    assertThat(result.latency().p99()).isLessThanOrEqualTo(MAX_P99_MS);
  }

  /** After this the near backends can go without a request of theirs. */
  private static void awayFromNear(Proxy proxy, Workload web) throws IOException {
    web.awaitMore(500, NEAR);
    web.mark(EndpointState.UNREADY, NEAR);
    proxy.awaitHealthy(web, FAR);
    web.awaitOnly(FAR);
  }

  private static void awaitEjection(Proxy proxy, Workload web) {
    int near = web.backends(NEAR).size();
    Wait.until("all near endpoints ejected")
        .until(() -> proxy.stat(web.spec(), "outlier_detection.ejections_active") >= near);
  }
}
