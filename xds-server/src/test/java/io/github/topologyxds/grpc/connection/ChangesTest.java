package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change in the cluster makes a stream due, in both variants of the protocol. */
class ChangesTest {
  @ParameterizedTest
  @EnumSource
  void sendsOnlyTheAssignmentThatChanged(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(
                service("cart"),
                slice("cart", "zone-a", "10.0.0.1"),
                service("pay"),
                slice("pay", "zone-a", "10.0.1.1"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"), cluster("pay"));
      stream.accept(ResourceType.ENDPOINT);

      server.put(slice("pay", "zone-a", "10.0.1.2"));

      Answer change = stream.accept(ResourceType.ENDPOINT);
      assertThat(change.names()).containsExactly(cluster("pay"));
      assertThat(change.tiers(cluster("pay"))).containsExactly(List.of("10.0.1.2"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wakesNobodyForEqualBytes(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1", "10.0.0.2"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      stream.accept(ResourceType.CLUSTER);
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.accept(ResourceType.ENDPOINT);

      // Another order; the same endpoint a second time; a Node that the client is not on.
      server.put(slice("cart", "zone-a", "10.0.0.2", "10.0.0.1"));
      server.put(slice("cart", "zone-a", "10.0.0.2", "10.0.0.1", "10.0.0.1"));
      server.put(node("node-z", "zone-z"));
      server.put(slice("cart", "zone-a", "10.0.0.3"));

      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.3"));
      assertThat(server.metrics().pushes(ResourceType.ENDPOINT)).isEqualTo(2);
      assertThat(server.metrics().pushes(ResourceType.CLUSTER)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptiesTheAssignmentOfADeletedService(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.accept(ResourceType.ENDPOINT);

      server.delete(service("cart"));

      Answer gone = stream.accept(ResourceType.ENDPOINT);
      assertThat(gone.tiers(cluster("cart"))).isEmpty();
      assertThat(gone.removed()).isEmpty();

      server.put(service("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void pushesTheAssignmentAfterAChangedClusterUnasked(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(
                service("cart"),
                slice("cart", "zone-a", "10.0.0.1"),
                service("pay"),
                slice("pay", "zone-a", "10.0.1.1"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      stream.accept(ResourceType.CLUSTER);
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"), cluster("pay"));
      stream.accept(ResourceType.ENDPOINT);

      server.put(service("cart", "kubernetes.io/h2c"));

      // Envoy holds the ACK of CDS back until the cluster is warm: the assignment must not wait.
      Answer clusters = stream.next(ResourceType.CLUSTER);
      assertThat(clusters.names()).contains(cluster("cart"));
      Answer again = stream.accept(ResourceType.ENDPOINT);
      assertThat(again.names()).containsExactly(cluster("cart"));
      assertThat(again.tiers(cluster("cart"))).containsExactly(List.of("10.0.0.1"));
      stream.ack(clusters);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsAClusterAgainThatWasGoneForAWhile(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"), service("pay"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      stream.accept(ResourceType.CLUSTER);

      server.delete(service("pay"));
      Answer gone = stream.accept(ResourceType.CLUSTER);
      switch (variant) {
        case STATE_OF_THE_WORLD -> assertThat(gone.names()).containsExactly(cluster("cart"));
        case DELTA -> {
          assertThat(gone.names()).isEmpty();
          assertThat(gone.removed()).containsExactly(cluster("pay"));
        }
      }

      server.put(service("pay"));
      Answer back = stream.accept(ResourceType.CLUSTER);
      switch (variant) {
        case STATE_OF_THE_WORLD ->
            assertThat(back.names()).containsExactly(cluster("cart"), cluster("pay"));
        case DELTA -> assertThat(back.names()).containsExactly(cluster("pay"));
      }
      assertThat(back.removed()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void collectsWhatChangesWhileAResponseIsOpen(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        RawStream stream = server.open(variant, on("node-a"));
        RawStream other = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      Answer open = stream.next(ResourceType.ENDPOINT);
      other.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      other.accept(ResourceType.ENDPOINT);
      for (int i = 2; i <= 20; i++) {
        server.put(slice("cart", "zone-a", "10.0.0." + i));
        // The pipeline and the other stream have seen it, so this stream's turn has come and gone.
        assertThat(other.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
            .containsExactly(List.of("10.0.0." + i));
      }

      stream.ack(open);

      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.20"));
      assertThat(server.metrics().pushes(ResourceType.ENDPOINT)).isEqualTo(2 + 20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsANodeThatMovesToAnotherZone(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(
                node("node-a", "zone-a"),
                service("cart"),
                slice("cart", "zone-a", "10.0.0.1"),
                slice("cart", "zone-b", "10.0.0.2"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.1"), List.of("10.0.0.2"));

      server.put(node("node-a", "zone-b"));

      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.2"), List.of("10.0.0.1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheViewOfADeletedNodeForItsStreams(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(
                node("node-a", "zone-a"),
                service("cart"),
                slice("cart", "zone-a", "10.0.0.1"),
                slice("cart", "zone-b", "10.0.0.2"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.accept(ResourceType.ENDPOINT);

      server.delete(node("node-a", "zone-a"));
      server.put(slice("cart", "zone-b", "10.0.0.3"));

      assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
          .containsExactly(List.of("10.0.0.1"), List.of("10.0.0.3"));
      assertThat(server.metrics().pushes(ResourceType.ENDPOINT)).isEqualTo(2);
    }
  }

  /** Whoever has once asked for all may ask for some, and for all again (xDS protocol). */
  @ParameterizedTest
  @EnumSource
  void goesFromAllToSomeAndBack(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"), service("pay"));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      assertThat(stream.accept(ResourceType.CLUSTER).names()).hasSize(2);
      stream.subscribe(ResourceType.CLUSTER, cluster("cart"));
      stream.unsubscribe(ResourceType.CLUSTER, "*");
      assertThat(stream.accept(ResourceType.CLUSTER).names()).containsOnly(cluster("cart"));
      server.put(service("new"));
      stream.subscribe(ResourceType.CLUSTER, "*");

      Set<String> names = new HashSet<>(stream.accept(ResourceType.CLUSTER).names());
      if (!names.contains(cluster("new"))) {
        names.addAll(stream.accept(ResourceType.CLUSTER).names());
      }
      assertThat(names).contains(cluster("new"), cluster("pay"));
    }
  }
}
