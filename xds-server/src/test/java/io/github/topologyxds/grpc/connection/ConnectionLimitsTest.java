package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.xds.resource.ResourceType;
import io.netty.handler.codec.http2.Http2Error;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that nobody uses end, and there are only so many. */
@Timeout(60)
class ConnectionLimitsTest {
  private static final XdsLimits IDLE = XdsLimits.DEFAULT.withIdle(Duration.ofMillis(300));

  @Test
  void aConnectionThatNeverOpensAStreamEnds() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(IDLE, service("cart"));
        RawHttp2 silent = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      goAway(silent);
    }
  }

  @Test
  void aConnectionWhoseStreamsAreOverEnds() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(IDLE, service("cart"));
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      client.call(1, 0);
      client.flush();
      await().until(() -> server.metrics().streams() == 1);
      client.frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.int32((int) Http2Error.CANCEL.code()));
      client.flush();
      await().until(() -> server.metrics().streams() == 0);
      goAway(client);
    }
  }

  /** The stream that says nothing for longer than the limit is still told of a change. */
  @Test
  void aConnectionWithAStreamStays() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(IDLE, service("cart"));
        DeltaStream quiet = server.openDelta(on("node-a"));
        RawHttp2 other = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      quiet.subscribe(ResourceType.CLUSTER);
      quiet.accept(ResourceType.CLUSTER);
      goAway(other);
      server.put(service("new"));
      assertThat(quiet.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("new"));
    }
  }

  /** It is told to go, and closed when it has had the time to say goodbye. */
  private static void goAway(RawHttp2 client) throws Exception {
    await().until(() -> client.received(RawHttp2.GOAWAY) > 0);
    client.frame(RawHttp2.PING, RawHttp2.ACK, 0, GRACEFUL);
    client.flush();
    assertThat(client.end()).isEqualTo(Http2Error.NO_ERROR);
  }

  /** What gRPC's ping after a GOAWAY holds; its answer ends the wait. */
  private static final byte[] GRACEFUL = {0, 0, 0, 9, 0x7A, (byte) 0xCE, (byte) 0xF0, 1};

  @Test
  void oneTooManyIsClosedAndTheOthersGoOn() throws Exception {
    XdsLimits limits = XdsLimits.DEFAULT.withConnections(3);
    List<Socket> idle = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.with(limits, service("cart"));
        DeltaStream good = server.openDelta(on("node-a"))) {
      good.subscribe(ResourceType.CLUSTER);
      good.accept(ResourceType.CLUSTER);
      for (int i = 0; i < 20; i++) {
        idle.add(new Socket(server.address().getAddress(), server.address().getPort()));
      }
      await().until(() -> server.metrics().refusedConnections() == 18);
      assertThat(idle.getLast().getInputStream().read()).isEqualTo(-1);

      server.put(service("new"));
      assertThat(good.accept(ResourceType.CLUSTER).names()).containsExactly(cluster("new"));
      for (Socket socket : idle) {
        socket.close();
      }
      // There is room again.
      await().until(() -> letsIn(server));
    }
  }

  /** Whether one more connection gets a stream; one that is refused ends, and may throw. */
  private static boolean letsIn(ServerUnderTest server) {
    try (RawHttp2 next = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      next.call(1, 0);
      next.flush();
      await().atMost(Duration.ofSeconds(2)).until(() -> server.metrics().streams() == 2);
      return true;
    } catch (Exception e) {
      return false;
    }
  }
}
