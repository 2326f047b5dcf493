package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client takes of one stream does not excuse what it leaves of another. */
class StreamProgressTest {
  private static final Duration STALL = Duration.ofMillis(1_200);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int GRANTS_WHILE_ALONE = 16;

  /** More than the progress that is asked for; forty of them do not make a response. */
  private static final int GRANT = 20 << 10;

  private static void ask(RawHttp2 client, int stream) throws IOException {
    client.call(stream, 0);
    client.message(
        stream,
        DeltaDiscoveryRequest.newBuilder()
            .setNode(ServerUnderTest.on("node-a"))
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .build());
    client.flush();
  }

  private static boolean grant(RawHttp2 client, int stream) throws IOException {
    if (!client.ended()) {
      client.frame(RawHttp2.WINDOW_UPDATE, 0, stream, RawHttp2.int32(GRANT));
      client.flush();
    }
    return true;
  }

  @Test
  void aSlowStreamGoesOnUntilAnotherOfItsConnectionStalls() throws Exception {
    ModelObject[] services =
        IntStream.range(0, 3_000).mapToObj(i -> service("s" + i)).toArray(ModelObject[]::new);
    try (ServerUnderTest server =
            ServerUnderTest.with(XdsLimits.DEFAULT.withStall(STALL), services);
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.int32(1 << 30));
      ask(client, 1);
      int[] grants = {0};
      await()
          .pollInterval(PAUSE)
          .until(() -> grant(client, 1) && ++grants[0] >= GRANTS_WHILE_ALONE);
      assertThat(client.ended()).isFalse();
      assertThat(client.received(RawHttp2.DATA)).isGreaterThan(GRANTS_WHILE_ALONE);

      ask(client, 3);
      grants[0] = 0;
      await()
          .pollInterval(PAUSE)
          .until(() -> grant(client, 1) && ++grants[0] > 0 && client.ended());

      assertThat(grants[0]).as("what was left to take").isLessThan(40 - GRANTS_WHILE_ALONE);
      assertThat(server.log().with("has taken nothing")).hasSize(1);
    }
  }
}
