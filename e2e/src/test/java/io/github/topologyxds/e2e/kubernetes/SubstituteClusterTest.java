package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The scenarios against the substitute. */
class SubstituteClusterTest extends ClusterScenarios {
  private final ApiServer api = ApiServer.start();

  @Override
  Path kubeconfig(Path into) throws IOException {
    return api.kubeconfig(into);
  }

  @Override
  int bystanders() {
    return 999;
  }

  @Override
  void writeFast(String manifests) {
    api.load(manifests);
  }

  @Override
  void release() {
    api.close();
  }

  @Test
  void theMetricsTellWhatIsServedAndToWhom() throws Exception {
    try (LiveBench bench = bench()) {
      String web = namespace() + "/web:http";
      Wait.until("Envoy has the Service")
          .untilAsserted(
              () -> assertThat(bench.clusters().getOrDefault(web, new TreeSet<>())).hasSize(3));
      bench.awaitWitness(web);
      objects().slice("web", "web-a", "zone-a", "10.77.0.1", "10.77.0.2", "10.77.0.3");
      Wait.until("the change")
          .untilAsserted(
              () -> assertThat(bench.clusters().getOrDefault(web, new TreeSet<>())).hasSize(4));
      Wait.until("both have accepted it")
          .untilAsserted(() ->
              assertThat(bench.admin("/metrics").body())
                  .contains(
                      "topology_xds_services_served 1.0\n",
                      "topology_xds_services{reason=\"TRAFFIC_DISTRIBUTION\"} 1.0\n",
                      "topology_xds_endpoints{priority=\"0\",reason=\"TRAFFIC_DISTRIBUTION\"} 3.0\n",
                      "topology_xds_endpoints{priority=\"1\",reason=\"TRAFFIC_DISTRIBUTION\"} 1.0\n",
                      "topology_xds_clients{identity=\"claimed\",protocol=\"delta\",zone=\"zone-a\"} 2.0\n",
                      "topology_xds_change_to_ack_seconds_count 2\n",
                      "topology_xds_nacks_total{type=\"endpoint\"} 0.0\n"));
    }
  }
}
