package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only delta has: subscriptions by difference, and streams that go on where one ended. */
class DeltaResumptionTest {
  @Test
  void sendsOnlyWhatDiffersFromTheInitialVersionsAndRemovesWhatIsGone() throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.with(service("same"), service("changes"), service("goes"))) {
      Map<String, String> versions;
      try (DeltaStream first = server.openDelta(on("node-a"))) {
        first.subscribe(ResourceType.CLUSTER);
        versions = first.accept(ResourceType.CLUSTER).versions();
      }
      server.put(service("changes", "grpc"));
      server.delete(service("goes"));
      server.put(service("comes"));

      try (DeltaStream probe = server.openDelta(on("node-a"));
          DeltaStream second = server.openDelta(on("node-a"))) {
        awaitCluster(probe, "comes");
        second.resume(ResourceType.CLUSTER, versions);

        Answer answer = second.accept(ResourceType.CLUSTER);
        assertThat(answer.names()).containsExactly(cluster("changes"), cluster("comes"));
        assertThat(answer.removed()).as("its old routes may still name it").isEmpty();
        Answer rest = second.accept(ResourceType.CLUSTER);
        assertThat(rest.names()).isEmpty();
        assertThat(rest.removed()).containsExactly(cluster("goes"));
      }
    }
  }

  /** A change has arrived when a stream that was there before it gets it. */
  private static void awaitCluster(DeltaStream probe, String service) throws Exception {
    probe.subscribe(ResourceType.CLUSTER);
    Map<String, String> seen = new HashMap<>();
    while (!seen.containsKey(cluster(service))) {
      seen.putAll(probe.accept(ResourceType.CLUSTER).versions());
    }
  }

  @Test
  void answersResumedAssignmentsThatDiffer() throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.with(
            service("same"),
            slice("same", "zone-a", "10.0.0.1"),
            service("other"),
            slice("other", "zone-a", "10.0.1.1"))) {
      Map<String, String> versions;
      try (DeltaStream first = server.openDelta(on("node-a"))) {
        first.subscribe(ResourceType.ENDPOINT, cluster("same"), cluster("other"));
        versions = new HashMap<>(first.accept(ResourceType.ENDPOINT).versions());
      }
      versions.put(cluster("other"), "what-another-server-sent");
      try (DeltaStream second = server.openDelta(on("node-a"))) {
        second.resume(
            ResourceType.ENDPOINT, versions, cluster("same"), cluster("other"), cluster("new"));

        assertThat(second.accept(ResourceType.ENDPOINT).names())
            .containsExactlyInAnyOrder(cluster("other"), cluster("new"));
      }
    }
  }

  @Test
  void sendsAgainWhatIsAskedForAgain() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.with(service("cart"), slice("cart", "zone-a", "10.0.0.1"));
        DeltaStream stream = server.openDelta(on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      Answer first = stream.accept(ResourceType.ENDPOINT);
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).resources()).isEqualTo(first.resources());
      stream.unsubscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      assertThat(stream.accept(ResourceType.ENDPOINT).resources()).isEqualTo(first.resources());
    }
  }

  @Test
  void countsASubscriptionThatComesWithAnUnknownNonce() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"), service("pay"));
        DeltaStream stream = server.openDelta(on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.accept(ResourceType.ENDPOINT);

      stream.subscribeAnswering(ResourceType.ENDPOINT, "never-sent", cluster("pay"));

      assertThat(stream.accept(ResourceType.ENDPOINT).names()).containsExactly(cluster("pay"));
    }
  }

  @Test
  void sendsNothingMoreOfWhatIsUnsubscribed() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"), service("pay"));
        DeltaStream stream = server.openDelta(on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"), cluster("pay"));
      stream.accept(ResourceType.ENDPOINT);
      stream.unsubscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.subscribe(ResourceType.ENDPOINT, "a/marker:http");
      stream.accept(ResourceType.ENDPOINT);

      server.put(slice("cart", "zone-a", "10.0.0.1"));
      server.put(slice("pay", "zone-a", "10.0.1.1"));

      Answer answer = stream.accept(ResourceType.ENDPOINT);
      assertThat(answer.names()).containsExactly(cluster("pay"));
      assertThat(answer.tiers(cluster("pay"))).containsExactly(List.of("10.0.1.1"));
    }
  }

  @Test
  void saysThatAnUnknownRouteIsNotThere() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("cart"));
        DeltaStream stream = server.openDelta(on("node-a"))) {
      stream.subscribe(ResourceType.ROUTE, "outbound", "other");

      Answer answer = stream.accept(ResourceType.ROUTE);
      assertThat(answer.names()).containsExactly("outbound");
      assertThat(answer.removed()).containsExactly("other");
    }
  }
}
