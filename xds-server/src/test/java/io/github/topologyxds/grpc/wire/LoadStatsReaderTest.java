package io.github.topologyxds.grpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.github.topologyxds.load.LocalityLoad;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader sees what the message's own parser sees. */
class LoadStatsReaderTest {
  private static final Node NODE =
      Node.newBuilder().setId("client").setUserAgentName("x".repeat(70_000)).build();

  private static RequestBuffer buffer(byte[] bytes) throws IOException {
    RequestBuffer buffer = new RequestBuffer();
    buffer.read(new ByteArrayInputStream(bytes));
    return buffer;
  }

  @Test
  void readsWhatTheParserReads() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      LoadStatsRequest request = random(random);

      LoadStatsReader.Report first = LoadStatsReader.readFirst(buffer(request.toByteArray()));

      assertThat(first.loads()).isEqualTo(loads(request));
      assertThat(first.node()).isEqualTo(NODE.toByteString());
      assertThat(LoadStatsReader.read(buffer(request.toByteArray()))).isEqualTo(first.loads());
    }
  }

  private static LoadStatsRequest random(Random random) {
    LoadStatsRequest.Builder request = LoadStatsRequest.newBuilder();
    for (int cluster = random.nextInt(5); cluster > 0; cluster--) {
      ClusterStats.Builder stats =
          ClusterStats.newBuilder()
              .setClusterName("alias-é-" + cluster)
              .setTotalDroppedRequests(random.nextInt(3))
              .setLoadReportInterval(Duration.newBuilder().setSeconds(60));
      if (random.nextBoolean()) {
        stats.setClusterServiceName("shop/cart:http");
      }
      for (int locality = random.nextInt(4); locality > 0; locality--) {
        stats.addUpstreamLocalityStats(
            UpstreamLocalityStats.newBuilder()
                .setLocality(
                    Locality.newBuilder()
                        .setRegion("r")
                        .setZone(random.nextBoolean() ? "zone-" + locality : "")
                        .setSubZone("node"))
                .setPriority(random.nextInt(3))
                .setTotalIssuedRequests(random.nextInt(2) * random.nextLong())
                .setTotalSuccessfulRequests(random.nextInt(3))
                .setTotalErrorRequests(random.nextInt(3))
                .setTotalRequestsInProgress(random.nextInt(2)));
      }
      request.addClusterStats(stats);
    }
    return request.setNode(NODE).build();
  }

  private static List<LocalityLoad> loads(LoadStatsRequest request) {
    List<LocalityLoad> loads = new ArrayList<>();
    for (ClusterStats cluster : request.getClusterStatsList()) {
      String name =
          cluster.getClusterServiceName().isEmpty()
              ? cluster.getClusterName()
              : cluster.getClusterServiceName();
      for (UpstreamLocalityStats stats : cluster.getUpstreamLocalityStatsList()) {
        LocalityLoad load =
            new LocalityLoad(
                name,
                stats.getLocality().getZone(),
                stats.getPriority(),
                stats.getTotalIssuedRequests(),
                stats.getTotalErrorRequests(),
                stats.getTotalRequestsInProgress());
        if ((load.issued() | load.errors() | load.inProgress()) != 0) {
          loads.add(load);
        }
      }
    }
    return loads;
  }

  @Test
  void whatEndsTooEarlyIsNoReport() {
    byte[] whole =
        LoadStatsRequest.newBuilder()
            .addClusterStats(
                ClusterStats.newBuilder()
                    .setClusterName("shop/cart:http")
                    .addUpstreamLocalityStats(
                        UpstreamLocalityStats.newBuilder()
                            .setLocality(Locality.newBuilder().setZone("zone-a"))
                            .setTotalIssuedRequests(300)))
            .build()
            .toByteArray();
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> LoadStatsReader.read(buffer(cut)))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class);
    }
  }
}
