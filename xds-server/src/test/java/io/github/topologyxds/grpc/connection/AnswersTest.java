package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.client;
import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Status;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets for what it asks, in both variants of the protocol. */
class AnswersTest {
  @ParameterizedTest
  @EnumSource
  void answersEveryNameAndTheUnknownOnesEmpty(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"), "nobody/knows:this");

      Answer answer = stream.accept(ResourceType.ENDPOINT);

      assertThat(answer.names()).containsExactlyInAnyOrder(cluster("cart"), "nobody/knows:this");
      assertThat(answer.tiers(cluster("cart"))).containsExactly(List.of("10.0.0.1"));
      assertThat(answer.tiers("nobody/knows:this")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersNothingBeforeTheFirstCompleteState(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.incomplete()) {
      try (RawStream early = server.open(variant, on("node-a"))) {
        early.subscribe(ResourceType.CLUSTER);

        assertThat(early.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(early.inbox().waiting()).isZero();
      }
      server.complete(service("cart"));
      try (RawStream stream = server.open(variant, on("node-a"))) {
        stream.subscribe(ResourceType.CLUSTER);

        assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersAClusterlessStateToo(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with();
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);

      assertThat(stream.accept(ResourceType.CLUSTER).names()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void servesAllFourTypesOnOneStream(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        RawStream stream = server.open(variant, client("OUTBOUND_PORT", "15999"))) {
      stream.subscribe(ResourceType.CLUSTER);
      assertThat(stream.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("cart"));
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("cart"));
      stream.subscribe(ResourceType.LISTENER);
      Answer listeners = stream.accept(ResourceType.LISTENER);
      assertThat(listeners.names()).containsExactly("outbound");
      assertThat(listeners.listenerPort("outbound")).isEqualTo(15999);
      stream.subscribe(ResourceType.ROUTE, "outbound");
      assertThat(stream.accept(ResourceType.ROUTE).names()).containsExactly("outbound");
    }
  }

  @ParameterizedTest
  @EnumSource
  void servesTheFamilyThatTheClientAsksFor(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.with(
            service("dual"),
            slice("dual", "zone-a", "10.0.0.1"),
            slice("dual", "zone-a", "fd00::1"))) {
      assertThat(tiersOfDual(server.open(variant, client("IP_FAMILY", "IPv6"))))
          .containsExactly(List.of("fd00::1"));
      assertThat(tiersOfDual(server.open(variant, client("IP_FAMILY", "IPv4"))))
          .containsExactly(List.of("10.0.0.1"));
      assertThat(tiersOfDual(server.open(variant, client("IP_FAMILY", "IPv5"))))
          .containsExactly(List.of("10.0.0.1"));
    }
  }

  private static List<List<String>> tiersOfDual(RawStream stream) throws Exception {
    try (stream) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("dual"));
      return stream.accept(ResourceType.ENDPOINT).tiers(cluster("dual"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void putsTheClientsOwnZoneFirst(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.with(
            node("node-a", "zone-a"),
            node("node-b", "zone-b"),
            service("cart"),
            slice("cart", "zone-a", "10.0.0.1"),
            slice("cart", "zone-b", "10.0.0.2"))) {
      try (RawStream a = server.open(variant, on("node-a"));
          RawStream b = server.open(variant, on("node-b"))) {
        a.subscribe(ResourceType.ENDPOINT, cluster("cart"));
        b.subscribe(ResourceType.ENDPOINT, cluster("cart"));

        assertThat(a.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
            .containsExactly(List.of("10.0.0.1"), List.of("10.0.0.2"));
        assertThat(b.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
            .containsExactly(List.of("10.0.0.2"), List.of("10.0.0.1"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersTenThousandNamesInPiecesOfAMegabyte(XdsProtocol variant) throws Exception {
    String[] names =
        IntStream.range(0, 10_000).mapToObj(i -> "shop/s" + i + ":http").toArray(String[]::new);
    try (ServerUnderTest server = ServerUnderTest.with(service("s7"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, names);

      List<Answer> answers = stream.accept(ResourceType.ENDPOINT, names.length);
      assertThat(answers.stream().flatMap(answer -> answer.names().stream()))
          .containsExactlyInAnyOrder(names);
      assertThat(answers).hasSizeGreaterThan(1).allMatch(answer -> answer.size() < 1 << 20);
    }
  }
}
