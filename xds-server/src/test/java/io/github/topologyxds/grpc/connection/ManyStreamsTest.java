package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.codec.http2.Http2Error;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An Envoy that takes endpoints alone has a stream for each of its clusters on one connection. */
@Timeout(60)
class ManyStreamsTest {
  private static final int CLUSTERS = 1_000;

  /** What another control plane's Envoy says of itself: nothing that we would know. */
  private static final Node STRANGER = Node.newBuilder().setId("gateway").build();

  private static ModelObject[] services(int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> List.of(service("s" + i), slice("s" + i, "zone-a", "10.0.0.1")).stream())
        .toArray(ModelObject[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void aThousandAreServedAtFirstAndAgain(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(services(CLUSTERS))) {
      for (int connection = 0; connection < 2; connection++) {
        ManagedChannel channel =
            NettyChannelBuilder.forAddress(server.address()).usePlaintext().build();
        try {
          List<RawStream> streams = new ArrayList<>();
          for (int i = 0; i < CLUSTERS; i++) {
            RawStream stream =
                ServerUnderTest.endpoints(channel, variant, STRANGER, new Metadata());
            stream.subscribe(ResourceType.ENDPOINT, cluster("s" + i));
            streams.add(stream);
          }
          for (int i = 0; i < CLUSTERS; i++) {
            assertThat(streams.get(i).accept(ResourceType.ENDPOINT).tiers(cluster("s" + i)))
                .containsExactly(List.of("10.0.0.1"));
          }
          assertThat(server.metrics().streams()).isEqualTo(CLUSTERS);
          server.put(slice("s7", "zone-a", "10.0.0." + (2 + connection)));
          assertThat(streams.get(7).accept(ResourceType.ENDPOINT).tiers(cluster("s7")))
              .containsExactly(List.of("10.0.0." + (2 + connection)));
          server.put(slice("s7", "zone-a", "10.0.0.1"));
          assertThat(streams.get(7).accept(ResourceType.ENDPOINT).names()).hasSize(1);
        } finally {
          channel.shutdownNow();
        }
        await().until(() -> server.metrics().streams() == 0);
      }
    }
  }

  /** Sixteen that have not said who they are begin; the others wait, and none is lost. */
  @Test
  void sixteenBeginBeforeTheNodeIsRead() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      for (int i = 0; i < 40; i++) {
        client.call(2 * i + 1, 0);
      }
      client.flush();
      await().until(() -> server.metrics().streams() == ConnectionStreams.BEFORE_NODE);
      // One that ends makes room for one that waits; one that waits may end, too.
      reset(client, 1);
      reset(client, 79);
      ask(client, 77, null);
      await().until(() -> server.metrics().streams() == ConnectionStreams.BEFORE_NODE);
      assertThat(client.received(RawHttp2.HEADERS)).isZero();

      ask(client, 3, STRANGER);
      await().until(() -> server.metrics().streams() == ConnectionStreams.BEFORE_NODE + 1);
      for (int i = 2; i < 38; i++) {
        ask(client, 2 * i + 1, STRANGER);
      }
      await().until(() -> server.metrics().pushes(ResourceType.CLUSTER) == 37);
      await().until(() -> server.metrics().streams() == 37);
      assertThat(client.ended()).isFalse();
    }
  }

  private static void reset(RawHttp2 client, int stream) throws Exception {
    client.frame(RawHttp2.RST_STREAM, 0, stream, RawHttp2.int32((int) Http2Error.CANCEL.code()));
    client.flush();
  }

  private static void ask(RawHttp2 client, int stream, @Nullable Node node) throws Exception {
    DeltaDiscoveryRequest.Builder request =
        DeltaDiscoveryRequest.newBuilder().setTypeUrl(ResourceType.CLUSTER.typeUrl());
    if (node != null) {
      request.setNode(node);
    }
    client.message(stream, request.build());
    client.flush();
  }
}
