package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.grpc.limits.ClientLimits;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.xds.resource.ResourceType;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One address, or unfinished requests, beside a client that goes on. */
@Timeout(60)
class ClientLimitsTest {
  private static final ClientLimits NONE = ClientLimits.NONE;
  private static final int MIB = 1 << 20;

  private static XdsLimits limits(ClientLimits clients) {
    return XdsLimits.DEFAULT.withClients(clients);
  }

  /** What is served goes on reaching it. */
  private static void goesOn(ServerUnderTest server, DeltaStream good, String name)
      throws Exception {
    server.put(service(name));
    assertThat(good.accept(ResourceType.CLUSTER).names()).containsExactly(cluster(name));
  }

  private static DeltaStream good(ServerUnderTest server) throws Exception {
    DeltaStream stream = server.openDelta(on("node-a"));
    stream.subscribe(ResourceType.CLUSTER);
    stream.accept(ResourceType.CLUSTER);
    return stream;
  }

  @Test
  void anAddressHasOnlySoManyConnections() throws Exception {
    ClientLimits three =
        new ClientLimits(3, NONE.streams(), NONE.newStreams(), NONE.unfinishedBytes());
    List<Socket> idle = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.with(limits(three), service("cart"));
        DeltaStream good = good(server)) {
      for (int i = 0; i < 5; i++) {
        idle.add(new Socket(server.address().getAddress(), server.address().getPort()));
      }
      await().until(() -> server.metrics().limitedBy(ClientLimit.CONNECTIONS_PER_ADDRESS) == 3);
      assertThat(idle.getLast().getInputStream().read()).isEqualTo(-1);
      assertThat(server.log().with("3 connections are open from this address")).isNotEmpty();
      goesOn(server, good, "new");
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void anAddressHasOnlySoManyStreams() throws Exception {
    ClientLimits two =
        new ClientLimits(NONE.connections(), 2, NONE.newStreams(), NONE.unfinishedBytes());
    try (ServerUnderTest server = ServerUnderTest.with(limits(two), service("cart"));
        DeltaStream good = good(server)) {
      try (RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
        client.call(1, 0);
        client.call(3, 0);
        client.call(5, 0);
        client.flush();
        await().until(() -> server.metrics().limitedBy(ClientLimit.STREAMS_PER_ADDRESS) == 2);
        assertThat(server.metrics().streams()).isEqualTo(2);
        goesOn(server, good, "other");
      }
      // There is room again.
      await().until(() -> server.metrics().streams() == 1);
      try (DeltaStream next = good(server)) {
        goesOn(server, next, "new");
      }
    }
  }

  @Test
  void anAddressOpensOnlySoManyStreamsASecond() throws Exception {
    ClientLimits one =
        new ClientLimits(NONE.connections(), NONE.streams(), 1, NONE.unfinishedBytes());
    try (ServerUnderTest server = ServerUnderTest.with(limits(one), service("cart"));
        DeltaStream good = good(server);
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      for (int stream = 1; stream <= 31; stream += 2) {
        client.call(stream, 0);
      }
      client.flush();
      await().until(() -> server.metrics().limitedBy(ClientLimit.NEW_STREAMS_PER_ADDRESS) >= 5);
      goesOn(server, good, "new");
    }
  }

  /** Four of them have a megabyte each; the fifth is one too many, and the largest ends. */
  @Test
  void requestsThatAreNotCompleteMayTakeOnlySoMuch() throws Exception {
    ClientLimits four =
        new ClientLimits(NONE.connections(), NONE.streams(), NONE.newStreams(), 4L * MIB);
    List<RawHttp2> hostile = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.with(limits(four), service("cart"));
        DeltaStream good = good(server)) {
      for (int i = 0; i < 5; i++) {
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING);
        hostile.add(client);
        client.call(1, 0);
        client.frame(RawHttp2.DATA, 0, 1, beginning(2 * MIB));
        for (int sent = 0; sent < 63; sent++) {
          client.frame(RawHttp2.DATA, 0, 1, new byte[16_000]);
        }
        client.flush();
      }
      await().until(() -> server.metrics().limitedBy(ClientLimit.UNFINISHED_REQUESTS) >= 1);
      goesOn(server, good, "new");
      for (RawHttp2 client : hostile) {
        client.close();
      }
    }
  }

  /** The prefix of a request that is so long. */
  private static byte[] beginning(int length) {
    return ByteBuffer.allocate(5).put((byte) 0).putInt(length).array();
  }
}
