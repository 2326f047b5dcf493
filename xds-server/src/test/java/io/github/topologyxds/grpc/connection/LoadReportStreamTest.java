package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ReportStream.sent;
import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.load.LoadMatrix.Cell;
import io.github.topologyxds.load.NotCounted;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Load reports on the wire: whose they are, what of them counts, and what is answered. */
class LoadReportStreamTest {
  private static final ModelObject[] WORLD = {
    service("cart"), service("pay"), node("node-a", "zone-a"), node("node-b", "zone-b")
  };

  private static Map<Cell, Long> counted(ServerUnderTest server) {
    Map<Cell, Long> counted = new TreeMap<>();
    LoadMatrix all = server.loads().all(1);
    all.cells().forEach((cell, counts) -> counted.put(cell, counts.requests()));
    return counted;
  }

  private static void awaitReports(ServerUnderTest server, long reports) {
    await().until(() -> server.loads().reports() == reports);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatTheClientIsSubscribedToCounts(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD)) {
      Channel connection = server.channel();
      try (RawStream stream = server.open(variant, on("node-a"));
          ReportStream reports = new ReportStream(connection, on("node-a"))) {
        stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
        stream.accept(ResourceType.ENDPOINT);
        reports.report();
        assertThat(reports.next())
            .isEqualTo(
                LoadStatsResponse.newBuilder()
                    .setSendAllClusters(true)
                    .setLoadReportingInterval(
                        com.google.protobuf.Duration.newBuilder().setSeconds(60))
                    .build());
        reports.report(
            sent(cluster("cart"), "zone-b", 4),
            sent("alias-1", "zone-a", 10).toBuilder()
                .setClusterServiceName(cluster("cart"))
                .build(),
            sent("alias-2", "zone-a", 20).toBuilder()
                .setClusterServiceName(cluster("cart"))
                .build(),
            sent("alias-3", "zone-a", 40).toBuilder()
                .setClusterServiceName(cluster("cart"))
                .build(),
            sent(cluster("pay"), "zone-a", 100),
            // What a sidecar on demand has beside Services: no EDS name of ours stands for it.
            sent("passthrough", "", 3000),
            sent("unknown", "", 5000),
            sent("topology-xds", "", 1000));
        awaitReports(server, 2);

        assertThat(counted(server))
            .isEqualTo(
                Map.of(new Cell("zone-a", "zone-a", 0), 70L, new Cell("zone-a", "zone-b", 0), 4L));
        assertThat(server.loads().byPort(1).keySet()).containsExactly(cluster("cart"));
        assertThat(server.loads().notCounted(NotCounted.NOT_SUBSCRIBED)).isEqualTo(9100);
        assertThat(reports.waiting()).isZero();

        stream.unsubscribe(ResourceType.ENDPOINT, cluster("cart"));
        stream.subscribe(ResourceType.ENDPOINT, cluster("pay"));
        stream.accept(ResourceType.ENDPOINT);
        reports.report(sent(cluster("cart"), "zone-b", 4));
        awaitReports(server, 3);
        assertThat(server.loads().all(1).total().requests()).isEqualTo(74);
      }
      await().until(() -> server.loads().streams() == 0);
    }
  }

  /** A stream that has said who its client is makes room for those that have not. */
  @Test
  void manyClientsOfOneConnectionReport() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD)) {
      Channel connection = server.channel();
      List<ReportStream> all = new ArrayList<>();
      try {
        for (int i = 0; i < 40; i++) {
          ReportStream reports =
              new ReportStream(connection, on("node-a").toBuilder().setId("client-" + i).build());
          all.add(reports);
          reports.report();
          assertThat(reports.next().getSendAllClusters()).isTrue();
        }
      } finally {
        for (ReportStream reports : all) {
          reports.close();
        }
      }
      await().until(() -> server.loads().streams() == 0);
    }
  }

  /** Neither its Node nor its subscriptions can be borrowed. */
  @Test
  void nobodyReportsForAClientOfAnotherConnection() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD);
        RawStream stream = server.open(XdsProtocol.DELTA, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
      stream.accept(ResourceType.ENDPOINT);
      ManagedChannel other =
          NettyChannelBuilder.forAddress(server.address()).usePlaintext().build();
      try (ServerUnderTestConnection own = new ServerUnderTestConnection(other);
          ReportStream forged = new ReportStream(own.channel(), on("node-a"));
          DeltaStream forgers = ServerUnderTest.delta(own.channel())) {
        forgers.subscribe(ResourceType.ENDPOINT, cluster("pay"));
        forgers.accept(ResourceType.ENDPOINT);
        forged.report(sent(cluster("cart"), "zone-b", 5));
        awaitReports(server, 1);
      }
      assertThat(counted(server)).isEmpty();
    }
  }

  private record ServerUnderTestConnection(ManagedChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  /** Envoy begins to count a cluster with the response that comes after it has accepted it. */
  @ParameterizedTest
  @EnumSource
  void aClientWithNewClustersIsAskedAgain(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD)) {
      Channel connection = server.channel();
      try (RawStream stream = server.open(variant, on("node-a"));
          ReportStream reports = new ReportStream(connection, on("node-a"))) {
        reports.report();
        reports.next();
        stream.subscribe(ResourceType.CLUSTER);
        stream.accept(ResourceType.CLUSTER);

        LoadStatsResponse again = reports.next();
        assertThat(again.getSendAllClusters()).isTrue();
        assertThat(again.getLoadReportingInterval().getSeconds()).isBetween(1L, 59L);
        reports.report();
        assertThat(reports.next().getLoadReportingInterval().getSeconds()).isEqualTo(60);
      }
    }
  }

  /** A client that comes back reports before it has asked for anything, and begins anew then. */
  @Test
  void aReportWaitsForTheSubscriptions() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.incomplete()) {
      Channel connection = server.channel();
      try (ReportStream reports = new ReportStream(connection, on("node-a"))) {
        reports.report(sent(cluster("cart"), "zone-b", 5));
        reports.next();
        server.complete(WORLD);
        try (RawStream stream = server.open(XdsProtocol.DELTA, on("node-a"))) {
          stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
          stream.accept(ResourceType.ENDPOINT);
          awaitReports(server, 1);
          assertThat(counted(server)).isEqualTo(Map.of(new Cell("zone-a", "zone-b", 0), 5L));
        }
      }
    }
  }

  /** What it would report later could not be told whose it is; Envoy keeps it for the next. */
  @Test
  void reportsEndWithTheDiscoveryStream() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD)) {
      Channel connection = server.channel();
      try (ReportStream reports = new ReportStream(connection, on("node-a"))) {
        try (RawStream stream = server.open(XdsProtocol.DELTA, on("node-a"))) {
          stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
          stream.accept(ResourceType.ENDPOINT);
          reports.report();
          reports.next();
        }
        assertThat(reports.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
  }

  @Test
  void oneStreamForAClientAndANodeOnEach() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD)) {
      Channel connection = server.channel();
      try (ReportStream first = new ReportStream(connection, on("node-a"));
          ReportStream second = new ReportStream(connection, on("node-a"));
          ReportStream nobody =
              new ReportStream(connection, Node.newBuilder().setId("x".repeat(5000)).build())) {
        first.report();
        first.next();
        second.report();
        assertThat(second.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        nobody.report();
        assertThat(nobody.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void switchedOffTheClientIsAskedForNothing() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.reportingEvery(Duration.ZERO, WORLD)) {
      Channel connection = server.channel();
      try (RawStream stream = server.open(XdsProtocol.DELTA, on("node-a"));
          ReportStream reports = new ReportStream(connection, on("node-a"))) {
        stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
        stream.accept(ResourceType.ENDPOINT);
        reports.report();
        LoadStatsResponse answer = reports.next();
        assertThat(answer.getSendAllClusters()).isFalse();
        assertThat(answer.getClustersList()).isEqualTo(List.of());
        assertThat(answer.getLoadReportingInterval().getSeconds()).isEqualTo(3600);
      }
    }
  }

  /** Counts as large as 64 bits can hold, and a flood of reports. */
  @Test
  void forgedCountsAreCappedAndSaidOnce() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(WORLD)) {
      Channel connection = server.channel();
      try (RawStream stream = server.open(XdsProtocol.DELTA, on("node-a"));
          ReportStream reports = new ReportStream(connection, on("node-a"))) {
        stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
        stream.accept(ResourceType.ENDPOINT);
        for (int i = 0; i < 50; i++) {
          reports.report(sent(cluster("cart"), "zone-b", -1));
        }
        awaitReports(server, 50);

        assertThat(server.loads().all(1).total().requests()).isBetween(1L, 20_000_000L);
        assertThat(server.loads().notCounted(NotCounted.RATE)).isPositive();
        assertThat(server.log().with("more than one client")).hasSize(1);
      }
    }
  }
}
