package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Large responses of the single-type services wait for room as those of the aggregated one do. */
class SingleTypeAdmissionTest {
  private static final int STREAMS = ConnectionStreams.BEFORE_NODE - 1;

  /** A megabyte each: the seventh goes out when six are on their way. */
  private static final int SERVICES = 3_000;

  private static final int AT_ONCE = 7;

  private static void ask(RawHttp2 client, int stream, String path, DiscoveryRequest.Builder what)
      throws IOException {
    Map<String, String> call = new HashMap<>(RawHttp2.CALL);
    call.put(":path", path);
    client.frame(
        RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.headers(call, RawHttp2.CONTENT));
    client.message(stream, what.setNode(ServerUnderTest.on("node-a")).build());
  }

  @Test
  void waitForRoomAndGoOnWhenThereIs() throws Exception {
    ModelObject[] services =
        IntStream.range(0, SERVICES).mapToObj(i -> service("s" + i)).toArray(ModelObject[]::new);
    try (ServerUnderTest server = ServerUnderTest.with(services);
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      for (int i = 0; i < STREAMS; i++) {
        ask(
            client,
            2 * i + 1,
            "/envoy.service.cluster.v3.ClusterDiscoveryService/StreamClusters",
            DiscoveryRequest.newBuilder());
      }
      // Read after all the others, and few enough resources to pass.
      ask(
          client,
          2 * STREAMS + 1,
          "/envoy.service.endpoint.v3.EndpointDiscoveryService/StreamEndpoints",
          DiscoveryRequest.newBuilder().addResourceNames(cluster("s1")));
      client.flush();
      await().until(() -> server.metrics().pushes(ResourceType.ENDPOINT) == 1);
      assertThat(server.metrics().pushes(ResourceType.CLUSTER)).isBetween(1L, (long) AT_ONCE);

      for (int i = 0; i < STREAMS - AT_ONCE; i++) {
        long sent = server.metrics().pushes(ResourceType.CLUSTER);
        client.frame(
            RawHttp2.RST_STREAM, 0, 2 * i + 1, RawHttp2.int32((int) Http2Error.CANCEL.code()));
        client.flush();
        long due = Math.min(STREAMS, sent + 1);
        await().until(() -> server.metrics().pushes(ResourceType.CLUSTER) >= due);
      }
    }
  }
}
