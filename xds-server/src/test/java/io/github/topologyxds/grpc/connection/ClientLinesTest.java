package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log tells of clients that come and go, on both ways to be served. */
class ClientLinesTest {
  private static final String CLIENT =
      "client test-client (Node node-a, zone zone-a by the Node's label) ";
  private static final int MANY = 1_000;

  enum Way {
    AGGREGATED,
    SINGLE_TYPE;

    RawStream open(ServerUnderTest server, XdsProtocol variant) {
      return switch (this) {
        case AGGREGATED -> server.open(variant, on("node-a"));
        case SINGLE_TYPE -> SingleTypeServicesTest.open(server, variant, ResourceType.CLUSTER);
      };
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(XdsProtocol.values()).map(v -> Arguments.of(way, v)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void tellsOfComingAndOfGoingWithItsCause(Way way, XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(node("node-a", "zone-a"), service("cart"))) {
      try (RawStream closed = introduced(way, server, variant)) {
        expect(server, CLIENT + "came");
        closed.halfClose();
        expect(server, CLIENT + "went: closed by the client");
      }
      introduced(way, server, variant).close();
      expect(server, CLIENT + "went: cancelled by the client");

      try (RawStream refused = introduced(way, server, variant)) {
        switch (way) {
          case AGGREGATED -> refused.say("", "");
          case SINGLE_TYPE -> refused.subscribe(ResourceType.ENDPOINT, "some");
        }
        assertThat(refused.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        expect(server, CLIENT + "went: refused: ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources",
        "/envoy.service.cluster.v3.ClusterDiscoveryService/DeltaClusters"
      })
  void tellsOfAConnectionThatIsLost(String path) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(node("node-a", "zone-a"), service("cart"))) {
      try (RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
        Map<String, String> call = new TreeMap<>(RawHttp2.CALL);
        call.put(":path", path);
        client.frame(
            RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.headers(call, RawHttp2.CONTENT));
        client.message(
            1,
            DeltaDiscoveryRequest.newBuilder()
                .setNode(on("node-a"))
                .setTypeUrl(ResourceType.CLUSTER.typeUrl())
                .build());
        client.flush();
        expect(server, CLIENT + "came");
      }
      expect(server, CLIENT + "went: connection lost");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void tellsOfAServerThatStops(Way way, XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(node("node-a", "zone-a"), service("cart"))) {
      try (RawStream drained = introduced(way, server, variant)) {
        server.drain(Duration.ZERO);
        assertThat(drained.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        expect(server, CLIENT + "went: drained: topology-xds is stopping");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void warnsOfANodeThatNobodyKnows(Way way, XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(node("node-b", "zone-b"), service("cart"));
        RawStream stream = introduced(way, server, variant)) {
      assertThat(stream).isNotNull();
      expect(
          server,
          "client test-client (Node node-a, zone known from nowhere) came, but nobody knows its"
              + " Node; did you mean node-b?");
    }
  }

  /** Each is told or counted, and of the first there are 20 in a second at most. */
  @ParameterizedTest
  @EnumSource
  void tellsOfAThousandAtOnceInFewLines(Way way) throws Exception {
    List<RawStream> open = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.with(node("node-a", "zone-a"), service("cart"))) {
      long start = System.nanoTime();
      for (int i = 0; i < MANY; i++) {
        RawStream stream = way.open(server, XdsProtocol.DELTA);
        stream.subscribe(ResourceType.CLUSTER);
        open.add(stream);
      }
      for (RawStream stream : open) {
        stream.accept(ResourceType.CLUSTER);
      }
      await().until(() -> counted(server) + server.log().with(CLIENT + "came").size() == MANY);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + 1;
      assertThat(server.log().with(CLIENT + "came").size()).isBetween(20, (int) (20 * seconds));
    }
  }

  private static int counted(ServerUnderTest server) {
    Pattern number = Pattern.compile("([0-9]+) more clients came");
    return server.log().with("more clients came").stream()
        .flatMap(line -> number.matcher(line).results())
        .map((MatchResult found) -> found.group(1))
        .mapToInt(Integer::parseInt)
        .sum();
  }

  private static RawStream introduced(Way way, ServerUnderTest server, XdsProtocol variant)
      throws Exception {
    RawStream stream = way.open(server, variant);
    stream.subscribe(ResourceType.CLUSTER);
    stream.accept(ResourceType.CLUSTER);
    return stream;
  }

  private static void expect(ServerUnderTest server, String line) {
    await().untilAsserted(() -> assertThat(server.log().with(line)).isNotEmpty());
  }
}
