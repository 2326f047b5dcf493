package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is connected, as the server tells it: over all loops, on both ways to be served. */
class ClientsListedTest {
  private static final int CLIENTS = 3 * ClientListing.SLICE;

  @ParameterizedTest
  @EnumSource
  void listsAggregatedAndSingleTypeStreams(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(node("node-a", "zone-a"), service("cart"));
        RawStream aggregated = server.open(variant, on("node-a"));
        RawStream single = SingleTypeServicesTest.open(server, variant, ResourceType.CLUSTER)) {
      for (RawStream stream : List.of(aggregated, single)) {
        stream.subscribe(ResourceType.CLUSTER);
        stream.accept(ResourceType.CLUSTER);
      }
      await()
          .untilAsserted(() ->
              assertThat(server.clients())
                  .hasSize(2)
                  .allSatisfy(client -> {
                    assertThat(client.id()).isEqualTo("test-client");
                    assertThat(client.protocol()).isEqualTo(variant);
                    assertThat(client.peer()).startsWith("127.0.0.1:");
                    assertThat(client.state()).isEqualTo(new SyncState.Synced());
                  }));
    }
  }

  /** More than are listed in one go, on several connections; and those that go are gone. */
  @ParameterizedTest
  @EnumSource(names = "DELTA")
  void listsEachClientOnce(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(node("node-a", "zone-a"), service("cart"))) {
      List<RawStream> streams = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawStream stream = server.open(variant, ServerUnderTest.client("NODE_NAME", "node-" + i));
        stream.subscribe(ResourceType.CLUSTER);
        streams.add(stream);
      }
      await()
          .untilAsserted(() -> assertThat(nodes(server)).hasSize(CLIENTS).doesNotHaveDuplicates());
      streams.getFirst().close();
      await()
          .untilAsserted(
              () -> assertThat(nodes(server)).hasSize(CLIENTS - 1).doesNotContain("node-0"));
    }
  }

  private static List<String> nodes(ServerUnderTest server) {
    return server.clients().stream().map((ConnectedClient c) -> c.place().nodeName()).toList();
  }
}
