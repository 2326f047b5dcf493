package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.client;
import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests that no good client makes: a clean status or no notice at all, never a stack trace
 * ({@link ServerUnderTest#close} looks), and the stream or at least the others go on.
 */
class OddRequestsTest {
  private static final String FOREIGN = "type.googleapis.com/envoy.config.core.v3.TypedExtension";

  @ParameterizedTest
  @EnumSource
  void refusesAStreamWithoutNode(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, null)) {
      stream.subscribe(ResourceType.CLUSTER);

      assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(stream.inbox().waiting()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesANodeIdOfAMegabyte(XdsProtocol variant) throws Exception {
    Node node = Node.newBuilder().setId("x".repeat(1 << 20)).build();
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, node)) {
      stream.subscribe(ResourceType.CLUSTER);

      assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(stream.end().getDescription()).hasSizeLessThan(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesARequestWithoutType(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.say("", "");

      assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesMetadataOfFiftyKilobytesAndNoneOfAHundred(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"))) {
      try (RawStream stream = server.open(variant, client("NODE_NAME", "n".repeat(50_000)))) {
        stream.subscribe(ResourceType.CLUSTER);
        assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      }
      try (RawStream stream = server.open(variant, client("NODE_NAME", "n".repeat(100_000)))) {
        stream.subscribe(ResourceType.CLUSTER);
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void passesOverATypeThatItDoesNotServe(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, on("node-a"))) {
      for (int i = 0; i < 20; i++) {
        stream.say(FOREIGN, "");
      }
      stream.subscribe(ResourceType.CLUSTER);

      assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void survivesNoncesAndVersionsThatItNeverSent(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.say(ResourceType.LISTENER.typeUrl(), "of-an-earlier-stream");
      assertThat(stream.accept(ResourceType.LISTENER).names()).containsExactly("outbound");
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      Answer first = stream.accept(ResourceType.ENDPOINT);
      for (String nonce : List.of("stale", "99999", "", "x".repeat(100_000), "é\n")) {
        stream.say(ResourceType.ENDPOINT.typeUrl(), nonce);
      }
      stream.nack(
          new Answer(first.type(), "77777", first.resources(), first.versions(), List.of()), "no");
      stream.ack(first);

      server.put(slice("cart", "zone-a", "10.0.0.9"));

      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.9"));
      assertThat(server.metrics().nacks(ResourceType.ENDPOINT)).isZero();
      assertThat(server.metrics().pushes(ResourceType.ENDPOINT)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void survivesTheEndOfASubscriptionThatNeverWas(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.unsubscribe(ResourceType.ENDPOINT, "shop/never:http", cluster("cart"));
      stream.unsubscribe(ResourceType.ROUTE, "never");
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));

      // There is nothing to say to an unsubscription: the first answer is to what is asked for.
      assertThat(stream.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("cart"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsToTheNodeOfTheFirstRequest(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(
                node("node-a", "zone-a"),
                node("node-b", "zone-b"),
                service("cart"),
                slice("cart", "zone-a", "10.0.0.1"),
                slice("cart", "zone-b", "10.0.0.2"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      stream.accept(ResourceType.CLUSTER);
      stream.introduceAgain(on("node-b"));
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.1"), List.of("10.0.0.2"));

      // Nor may a megabyte of it, which the first request may not bring, end anything later.
      stream.introduceAgain(Node.newBuilder().setId("x".repeat(1 << 20)).build());
      stream.say(FOREIGN, "");
      server.put(slice("cart", "zone-a", "10.0.0.9"));

      assertThat(stream.next(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.9"), List.of("10.0.0.2"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesNothingForNamesThatAreNotOurs(XdsProtocol variant) throws Exception {
    String[] foreign = {
      "xdstp://elsewhere/envoy.config.endpoint.v3.ClusterLoadAssignment/a",
      "kube-system/cart:http",
      "../shop/cart:http",
      "shop/cart",
      "shop/cart:http:http",
      "\u0000\n",
      "é".repeat(1000)
    };
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, foreign);
      Answer answer = stream.accept(ResourceType.ENDPOINT);
      assertThat(answer.names()).containsExactlyInAnyOrder(foreign);
      for (String name : foreign) {
        assertThat(answer.tiers(name)).isEmpty();
      }

      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.1"));
    }
  }

  /** gRPC's own client would not send them: the server announces what it takes. */
  @Test
  void answersHeadersOfNineKilobytesWithStatus431() throws Exception {
    byte[] large = RawHttp2.headers(RawHttp2.CALL, RawHttp2.CONTENT, Map.of("x", "y".repeat(9000)));
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, large);
      client.flush();
      await().until(() -> client.received(RawHttp2.RST_STREAM) == 1);
      assertThat(client.firstHeaders()).contains("431");

      client.call(3, 0);
      client.flush();
      await().until(() -> server.metrics().streams() == 1);
    }
  }

  /** There is no login: what a client says here neither helps nor harms it. */
  @ParameterizedTest
  @EnumSource
  void passesOverTwoAuthorizationHeaders(XdsProtocol variant) throws Exception {
    Metadata headers = new Metadata();
    Metadata.Key<String> key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    headers.put(key, "Bearer one");
    headers.put(key, "Bearer two");
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, on("node-a"), headers)) {
      stream.subscribe(ResourceType.CLUSTER);

      assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      assertThat(server.log().with("Bearer")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesOneShortLineForAnErrorOfAMegabyte(XdsProtocol variant) throws Exception {
    String error = "bad\nINFO forged line\r\u001b[31m ".repeat(1 << 15);
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.nack(stream.next(ResourceType.ENDPOINT), error);

      await().untilAsserted(() -> assertThat(server.log().with("refused")).hasSize(1));
      String line = server.log().with("refused").getFirst();
      assertThat(line).hasSizeLessThan(1000).contains("test-client").contains(cluster("cart"));
      assertThat(line.chars().noneMatch(Character::isISOControl)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void servesTwoHundredStreamsAndForgetsThem(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"))) {
      List<RawStream> streams = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawStream stream = server.open(variant, on("node-" + i));
        streams.add(stream);
        stream.subscribe(ResourceType.CLUSTER);
      }
      for (RawStream stream : streams) {
        assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      }
      assertThat(server.metrics().streams()).isEqualTo(200);

      // Half of them say goodbye, the others are gone in the middle of a push.
      server.put(service("new"));
      streams.subList(0, 100).forEach(RawStream::halfClose);
      streams.subList(100, 200).forEach(RawStream::close);

      await().untilAsserted(() -> assertThat(server.metrics().streams()).isZero());
      try (RawStream next = server.open(variant, on("node-a"))) {
        next.subscribe(ResourceType.CLUSTER);
        assertThat(next.accept(ResourceType.CLUSTER).names())
            .containsExactly(cluster("cart"), cluster("new"));
      }
    }
  }
}
