package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CDS, EDS, LDS and RDS each on a stream of their own. */
class SingleTypeServicesTest {
  static Stream<Arguments> services() {
    return Stream.of(XdsProtocol.values())
        .flatMap(
            variant -> Stream.of(ResourceType.values()).map(type -> Arguments.of(variant, type)));
  }

  @ParameterizedTest
  @MethodSource("services")
  void servesItsTypeAndNoOther(XdsProtocol variant, ResourceType type) throws Exception {
    String name =
        switch (type) {
          case CLUSTER, ENDPOINT -> cluster("cart");
          case LISTENER, ROUTE -> "outbound";
        };
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"))) {
      try (RawStream stream = open(server, variant, type)) {
        stream.subscribe(type, name);
        assertThat(stream.accept(type).names()).containsExactly(name);
        ResourceType other =
            type == ResourceType.CLUSTER ? ResourceType.ENDPOINT : ResourceType.CLUSTER;
        stream.subscribe(other, name);
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      }
    }
  }

  /** The service says which type is meant; wildcard types then answer everything. */
  @ParameterizedTest
  @MethodSource("services")
  void takesARequestWithoutType(XdsProtocol variant, ResourceType type) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = open(server, variant, type)) {
      stream.say("", "");
      switch (type) {
        case CLUSTER, LISTENER -> assertThat(stream.accept(type).names()).hasSize(1);
        case ENDPOINT -> {
          stream.subscribe(type, cluster("cart"));
          assertThat(stream.accept(type).names()).containsExactly(cluster("cart"));
        }
        case ROUTE -> {
          stream.subscribe(type, "outbound");
          assertThat(stream.accept(type).names()).containsExactly("outbound");
        }
      }
    }
  }

  /** Envoy refuses an assignment without a name, and all that comes with it. */
  @ParameterizedTest
  @EnumSource
  void passesOverAnEmptyName(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream aggregated = server.open(variant, on("node-a"));
        RawStream single = open(server, variant, ResourceType.ENDPOINT)) {
      for (RawStream stream : List.of(aggregated, single)) {
        stream.subscribe(ResourceType.ENDPOINT, "", cluster("cart"));
        Answer answer = stream.accept(ResourceType.ENDPOINT);
        assertThat(answer.names()).containsExactly(cluster("cart"));
        assertThat(answer.removed()).isEmpty();
      }
    }
  }

  /** As the aggregated service does; gRPC itself would say UNKNOWN, and write a stack trace. */
  @ParameterizedTest
  @ValueSource(strings = {WrongFrames.AGGREGATED, WrongFrames.CLUSTERS})
  void endsBytesThatAreNoRequestWithInvalidArgument(String path) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      WrongFrames.UNDECODABLE.send(client, path, 1);
      client.flush();
      await().until(() -> client.received(RawHttp2.HEADERS) == 1);
      // Status 3 is INVALID_ARGUMENT.
      assertThat(client.firstHeaders()).containsPattern("grpc-status.3");
      assertThat(client.firstHeaders()).contains("not a discovery request");
    }
  }

  static RawStream open(ServerUnderTest server, XdsProtocol variant, ResourceType type) {
    return switch (variant) {
      case STATE_OF_THE_WORLD ->
          new SotwStream(
              server.channel(),
              switch (type) {
                case CLUSTER -> ClusterDiscoveryServiceGrpc.getStreamClustersMethod();
                case ENDPOINT -> EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod();
                case LISTENER -> ListenerDiscoveryServiceGrpc.getStreamListenersMethod();
                case ROUTE -> RouteDiscoveryServiceGrpc.getStreamRoutesMethod();
              },
              on("node-a"));
      case DELTA ->
          new DeltaStream(
              server.channel(),
              switch (type) {
                case CLUSTER -> ClusterDiscoveryServiceGrpc.getDeltaClustersMethod();
                case ENDPOINT -> EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod();
                case LISTENER -> ListenerDiscoveryServiceGrpc.getDeltaListenersMethod();
                case ROUTE -> RouteDiscoveryServiceGrpc.getDeltaRoutesMethod();
              },
              on("node-a"));
    };
  }
}
