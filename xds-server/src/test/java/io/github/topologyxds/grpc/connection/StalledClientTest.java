package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that answers pings and takes nothing costs no one anything for long. */
class StalledClientTest {
  private static final Duration STALL = Duration.ofMillis(500);

  private static ModelObject[] services() {
    return IntStream.range(0, 1000).mapToObj(i -> service("s" + i)).toArray(ModelObject[]::new);
  }

  private static final DiscoveryRequest STATE_OF_THE_WORLD =
      DiscoveryRequest.newBuilder()
          .setNode(ServerUnderTest.on("node-b"))
          .setTypeUrl(ResourceType.CLUSTER.typeUrl())
          .build();

  private static final DeltaDiscoveryRequest DELTA =
      DeltaDiscoveryRequest.newBuilder()
          .setNode(ServerUnderTest.on("node-b"))
          .setTypeUrl(ResourceType.CLUSTER.typeUrl())
          .build();

  /** A stream of the aggregated service, or of one that serves a single type. */
  record Opening<Q, R>(MethodDescriptor<Q, R> method, Q request) {
    Stalled on(ManagedChannel channel) {
      return start(channel.newCall(method, CallOptions.DEFAULT), request);
    }

    @Override
    public String toString() {
      return method.getFullMethodName();
    }
  }

  /** A call whose client takes nothing before the test is over. */
  record Stalled(ClientCall<?, ?> call, CountDownLatch ended) {
    /** What it was sent lies in buffers of Netty's, which are missed if nobody gives them back. */
    void takeAndEnd(ManagedChannel channel) throws InterruptedException {
      call.request(1);
      channel.shutdownNow();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  static Stream<Opening<?, ?>> streams() {
    return Stream.of(
        new Opening<>(
            AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(),
            STATE_OF_THE_WORLD),
        new Opening<>(AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(), DELTA),
        new Opening<>(ClusterDiscoveryServiceGrpc.getStreamClustersMethod(), STATE_OF_THE_WORLD),
        new Opening<>(ClusterDiscoveryServiceGrpc.getDeltaClustersMethod(), DELTA));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void isClosedAndTheOthersGoOn(Opening<?, ?> opening) throws Exception {
    XdsLimits limits = XdsLimits.DEFAULT.withPushInterval(Duration.ZERO).withStall(STALL);
    try (ServerUnderTest server = ServerUnderTest.with(limits, services());
        RawStream good = server.openDelta(ServerUnderTest.on("node-a"))) {
      good.subscribe(ResourceType.ENDPOINT, cluster("s1"));
      good.accept(ResourceType.ENDPOINT);
      ManagedChannel channel = narrow(server);
      Stalled stalled = opening.on(channel);
      try {
        await().until(() -> server.metrics().streams() == 2);
        int changes = 0;
        while (server.metrics().streams() == 2) {
          server.put(slice("s1", "zone-a", "10.0." + changes / 200 + "." + (changes % 200 + 1)));
          assertThat(good.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("s1"));
          changes++;
          assertThat(changes).as("changes while it is not closed").isLessThan(20_000);
        }
        assertThat(changes).isPositive();
        assertThat(server.log().with("has taken nothing")).hasSize(1);
        await().until(() -> server.log().with("went: stalled").size() == 1);
        assertThat(good.inbox().ended()).isFalse();
      } finally {
        stalled.takeAndEnd(channel);
      }
    }
  }

  /** The first bytes fill its window: they are no reason to wait for it twice as long. */
  @Test
  void isClosedWithinTheLimit() throws Exception {
    Duration limit = Duration.ofMillis(1_500);
    try (ServerUnderTest server =
        ServerUnderTest.with(XdsLimits.DEFAULT.withStall(limit), services())) {
      ManagedChannel channel = narrow(server);
      Stalled stalled = streams().toList().getFirst().on(channel);
      try {
        await().until(() -> server.metrics().pushes(ResourceType.CLUSTER) == 1);
        await()
            .atMost(limit.multipliedBy(5).dividedBy(3))
            .until(() -> server.metrics().streams() == 0);
        assertThat(server.log().with("has taken nothing")).hasSize(1);
      } finally {
        stalled.takeAndEnd(channel);
      }
    }
  }

  /** It may guess our nonces: an answer to what it has not read earns it no more to hold. */
  @Test
  void isSentNothingMoreWhateverItSaysItHasRead() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(services());
        RawStream good = server.openDelta(ServerUnderTest.on("node-a"))) {
      good.subscribe(ResourceType.CLUSTER);
      good.accept(ResourceType.CLUSTER);
      ManagedChannel channel = narrow(server);
      try {
        ClientCall<DiscoveryRequest, DiscoveryResponse> stalled =
            channel.newCall(
                ClusterDiscoveryServiceGrpc.getStreamClustersMethod(), CallOptions.DEFAULT);
        var unused = start(stalled, STATE_OF_THE_WORLD);
        await().until(() -> server.metrics().pushes(ResourceType.CLUSTER) == 2);
        for (int i = 0; i < 5; i++) {
          server.put(service("new" + i));
          assertThat(good.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("new" + i));
          stalled.sendMessage(
              STATE_OF_THE_WORLD.toBuilder().setResponseNonce(Integer.toString(i)).build());
        }
        assertThat(server.metrics().pushes(ResourceType.CLUSTER)).isEqualTo(2 + 5);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static ManagedChannel narrow(ServerUnderTest server) {
    return NettyChannelBuilder.forAddress(server.address())
        .usePlaintext()
        .initialFlowControlWindow(1 << 16)
        .build();
  }

  /** Asks for all clusters, and never takes a response out of its window. */
  private static <Q, R> Stalled start(ClientCall<Q, R> call, Q request) {
    // It is not even told of the end: that comes behind what it does not take.
    CountDownLatch ended = new CountDownLatch(1);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.countDown();
          }
        },
        new Metadata());
    call.sendMessage(request);
    return new Stalled(call, ended);
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
