package io.github.topologyxds.delivery.grpc;

import static io.github.topologyxds.delivery.SmallWorld.cluster;
import static io.github.topologyxds.delivery.SmallWorld.service;
import static io.github.topologyxds.delivery.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.ResourceType;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client that answers pings and takes nothing costs no one anything for long. */
class StalledClientTest {
  private static final Duration STALL = Duration.ofMillis(500);

  private static ModelObject[] services() {
    return IntStream.range(0, 1000).mapToObj(i -> service("s" + i)).toArray(ModelObject[]::new);
  }

  @Test
  void isClosedAndTheOthersGoOn() throws Exception {
    XdsLimits limits = XdsLimits.DEFAULT.withPushInterval(Duration.ZERO).withStall(STALL);
    try (ServerUnderTest server = ServerUnderTest.with(limits, services());
        RawStream good = server.openDelta(ServerUnderTest.on("node-a"))) {
      good.subscribe(ResourceType.ENDPOINT, cluster("s1"));
      good.accept(ResourceType.ENDPOINT);
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(server.address())
              .usePlaintext()
              .initialFlowControlWindow(1 << 16)
              .build();
      try {
        stalled(channel);
        await().until(() -> server.metrics().streams() == 2);
        int changes = 0;
        while (server.metrics().streams() == 2) {
          server.put(slice("s1", "zone-a", "10.0." + changes / 200 + "." + (changes % 200 + 1)));
          assertThat(good.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("s1"));
          changes++;
        }
        assertThat(changes).isPositive();
        assertThat(server.log().with("has taken nothing")).hasSize(1);
        assertThat(good.inbox().ended()).isFalse();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** Asks for all clusters, and never takes a response out of its window. */
  private static void stalled(ManagedChannel channel) {
    ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call =
        channel.newCall(
            AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(),
            CallOptions.DEFAULT);
    // It is not even told of the end: that comes behind what it does not take.
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(
        DeltaDiscoveryRequest.newBuilder()
            .setNode(ServerUnderTest.on("node-b"))
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .build());
  }

  @Test
  void aReconnectThatListsTenThousandNamesPasses() throws Exception {
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> longName(i)).toList();
    try (ServerUnderTest server = ServerUnderTest.with(service("s1"));
        DeltaStream stream = server.openDelta(ServerUnderTest.on("node-a"))) {
      stream.resume(
          ResourceType.ENDPOINT,
          names.stream().collect(Collectors.toMap(n -> n, n -> "x".repeat(22))),
          names.toArray(String[]::new));

      assertThat(stream.accept(ResourceType.ENDPOINT, names.size())).isNotEmpty();
    }
  }

  /**
   * As long as Kubernetes allows: 63 characters each for namespace and Service, 15 for the port.
   */
  private static String longName(int i) {
    return "n".repeat(63) + "/" + "s".repeat(57) + "%06d".formatted(i) + ":" + "p".repeat(15);
  }
}
