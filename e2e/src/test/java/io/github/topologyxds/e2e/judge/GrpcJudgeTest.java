package io.github.topologyxds.e2e.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.e2e.protocol.ServedFolder;
import io.github.topologyxds.serve.ControlPlane;
import io.grpc.xds.GrpcJudge;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * grpc-java reads what Envoy reads, all of the recorded cluster, from every zone.
 *
 * <p>Two known limits of its parser (1.85.1) are part of what is expected. A locality that stands
 * at two priorities is kept at the last of them only, so a nearer tier of the same zone (a node's
 * own) is lost to it; and UNHEALTHY and DRAINING endpoints get no requests, whatever others do.
 */
class GrpcJudgeTest {
  private static final String SAME_NODE = "shop/checkout:http,shop/checkout:grpc";

  /** An Envoy's cluster of a name, which asks for no load assignment; gRPC gets another one. */
  private static final String EXTERNAL_NAME = "data/ext:443";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"node-a1; " + SAME_NODE, "node-b1; " + SAME_NODE, "node-c1; ''"})
  void grpcUnderstandsTheSameTiers(String node, String loseATier) throws Exception {
    try (ControlPlane server = ServedFolder.start(ServedFolder.RECORDED)) {
      ServedResources served = ServedResources.fetch(server.xdsPort(), node);
      assertThat(served.clusters()).hasSize(18);
      assertThat(served.assignments().keySet()).isEqualTo(served.clusters().keySet());

      Set<String> losing = new HashSet<>();
      for (Map.Entry<String, Any> cluster : served.clusters().entrySet()) {
        if (!cluster.getKey().equals(EXTERNAL_NAME)) {
          assertThat(GrpcJudge.edsName(cluster.getValue())).isEqualTo(cluster.getKey());
        }
      }
      for (Map.Entry<String, Any> entry : served.assignments().entrySet()) {
        ClusterLoadAssignment ours = ServedResources.assignment(entry.getValue());
        SortedMap<String, JudgedLocality> expected = asGrpcShouldReadIt(ours);
        assertThat(GrpcJudge.localities(entry.getValue()))
            .as("%s from %s", entry.getKey(), node)
            .isEqualTo(expected);
        if (expected.size() < ours.getEndpointsCount()) {
          losing.add(entry.getKey());
        }
      }
      assertThat(losing)
          .as("a locality at two priorities")
          .isEqualTo(loseATier.isEmpty() ? Set.of() : Set.of(loseATier.split(",", -1)));
    }
  }

  private static SortedMap<String, JudgedLocality> asGrpcShouldReadIt(ClusterLoadAssignment ours) {
    SortedMap<String, JudgedLocality> localities = new TreeMap<>();
    for (LocalityLbEndpoints locality : ours.getEndpointsList()) {
      String name = locality.getLocality().getRegion() + "/" + locality.getLocality().getZone();
      SortedSet<String> used = new TreeSet<>();
      SortedSet<String> unused = new TreeSet<>();
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        SocketAddress address = endpoint.getEndpoint().getAddress().getSocketAddress();
        boolean healthy = endpoint.getHealthStatus() == HealthStatus.HEALTHY;
        (healthy ? used : unused).add(address.getAddress() + ":" + address.getPortValue());
      }
      // Not merged: the last one of a name replaces those before, see above.
      localities.put(
          name,
          new JudgedLocality(
              name,
              locality.getPriority(),
              locality.getLoadBalancingWeight().getValue(),
              used,
              unused));
    }
    return localities;
  }
}
