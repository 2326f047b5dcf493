package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.Behaviour;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The application fails, and the network is well: nothing of that is ours to mend. */
abstract class ApplicationErrorScenarios extends EnvoyScenario {
  ApplicationErrorScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @Test
  void answersOf500EjectNobody() throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);

    web.behave(new Behaviour.Status(500), NEAR);
    LoadResult failing = proxy.send(200, web);
    report("answers of 500", failing, web);
    assertThat(failing.status(500)).isEqualTo(200);
    assertThat(web.counted(NEAR)).as("none was tried twice").isEqualTo(200);
    assertThat(web.counted(FAR)).isZero();

    web.resetCounts();
    web.behave(Behaviour.OK, NEAR);
    LoadResult well = proxy.send(400, web);
    report("right after them", well, web);
    assertThat(well.failed()).isZero();
    assertThat(web.backends(NEAR))
        .allSatisfy(backend -> assertThat(backend.requests()).isBetween(80L, 120L));
    assertThat(proxy.clusters()).doesNotContain("failed_outlier_check");
    assertThat(proxy.stat(web.spec(), "outlier_detection.ejections_active")).isZero();
    assertThat(proxy.stat(web.spec(), "outlier_detection.ejections_enforced_total")).isZero();
  }

  @Test
  void whatABackendHasReadIsNotSentAgain() throws Exception {
    bench.world().zones(2);
    Workload web = bench.web(4);
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    web.behave(Behaviour.READ_AND_CLOSE, ALL);

    LoadRequest post = LoadRequest.post(web.spec().authority(), "one order");
    LoadResult result = new LoadGenerator(proxy.http(), post).run(LoadBounds.of(20, 1));

    report("POSTs to backends that read and close", result, web);
    assertThat(result.status(503)).isEqualTo(20);
    assertThat(web.counted()).isEqualTo(20);
    assertThat(web.counted(NEAR)).isEqualTo(20);
  }
}
