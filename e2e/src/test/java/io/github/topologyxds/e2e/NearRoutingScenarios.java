package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.Distribution;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.EnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While all is well, traffic stays as near as Kubernetes says. */
abstract class NearRoutingScenarios extends EnvoyScenario {
  NearRoutingScenarios(EnvoyRunner runner) throws IOException {
    super(runner);
  }

  @ParameterizedTest
  @EnumSource
  void eachZoneStaysInItsZone(Variant variant) throws Exception {
    bench.world().zones(variant.zones());
    Workload web = bench.web(3);
    bench.startServer();

    for (Map.Entry<String, Proxy> proxy : bench.sidecars(variant.protocol()).entrySet()) {
      web.resetCounts();
      String zone = bench.world().zoneOf(proxy.getKey());
      LoadResult result = proxy.getValue().send(600, web);

      report(variant + " near routing from " + zone, result, web);
      assertThat(result.failed()).isZero();
      assertThat(web.counted(Workload.inZone(zone))).isEqualTo(600);
      assertThat(web.counted()).isEqualTo(600);
      assertThat(web.backends(Workload.inZone(zone)))
          .allSatisfy(backend -> assertThat(backend.requests()).isBetween(150L, 250L));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeStaysOnItself(XdsProtocol protocol) throws Exception {
    Workload web = twoNodesPerZone();
    bench.startServer();

    for (Map.Entry<String, Proxy> proxy : bench.sidecars(protocol).entrySet()) {
      web.resetCounts();
      LoadResult result = proxy.getValue().send(400, web);

      report(protocol + " same node from " + proxy.getKey(), result, web);
      assertThat(result.failed()).isZero();
      assertThat(web.counted(onNode(proxy.getKey()))).isEqualTo(400);
      assertThat(web.counted()).isEqualTo(400);
    }
  }

  @Test
  void aNodeWithoutOneGoesToItsZoneFirst() throws Exception {
    Workload web = twoNodesPerZone();
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a1", XdsProtocol.DELTA);
    Predicate<BackendSpec> here = onNode("node-a1");

    web.mark(EndpointState.ABSENT, here);
    proxy.awaitHealthy(web, here.negate());
    LoadResult result = proxy.send(400, web);

    report("same node, none on it", result, web);
    assertThat(result.failed()).isZero();
    assertThat(web.counted(onNode("node-a2"))).isEqualTo(400);
    assertThat(web.counted()).isEqualTo(400);
  }

  private Workload twoNodesPerZone() throws IOException {
    for (String zone : new String[] {"a", "b"}) {
      bench.world().node("node-" + zone + "1", "zone-" + zone);
      bench.world().node("node-" + zone + "2", "zone-" + zone);
    }
    ServiceSpec spec =
        ServiceSpec.of(Bench.NAMESPACE, "web")
            .with(Distribution.SAME_NODE)
            .withPort("http", 80, FreePorts.next());
    return bench.workload(spec, 2);
  }

  private static Predicate<BackendSpec> onNode(String node) {
    return pod -> pod.node().equals(node);
  }
}
