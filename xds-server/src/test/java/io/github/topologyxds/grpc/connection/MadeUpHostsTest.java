package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.github.topologyxds.grpc.limits.Addresses;
import io.github.topologyxds.grpc.limits.ClientLimits;
import io.github.topologyxds.grpc.limits.ConnectionCharge;
import io.github.topologyxds.xds.resource.ResourceType;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sidecar on demand whose application makes up hosts: it is slowed, and goes on. */
@Timeout(60)
class MadeUpHostsTest {
  private static final int FRAMES = 100;
  private static final XdsLimits LIMITS =
      new XdsLimits(
          Duration.ZERO,
          XdsLimits.DEFAULT.stall(),
          XdsLimits.DEFAULT.handshake(),
          XdsLimits.DEFAULT.idle(),
          FRAMES,
          XdsLimits.DEFAULT.connections(),
          XdsLimits.DEFAULT.clients());

  /** Each in a frame of its own, as Envoy sends them: an application waits for every name. */
  @Test
  void mayAskForOneAfterTheOther() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(LIMITS, service("cart"));
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      client.call(1, 0);
      for (int i = 0; i < 10 * FRAMES; i++) {
        ask(client, ResourceType.CLUSTER, "//h" + i);
      }
      ask(client, ResourceType.ENDPOINT, cluster("cart"));

      await().until(() -> server.metrics().pushes(ResourceType.ENDPOINT) == 1 || client.ended());
      assertThat(client.ended()).isFalse();
    }
  }

  /** What its requests make up for are frames of its stream, and no others. */
  @Test
  void mayNotFloodBesides() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(LIMITS, service("cart"));
        RawHttp2 client = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
      client.call(1, 0);
      try {
        for (int i = 0; i < 10 * FRAMES && !client.ended(); i++) {
          ask(client, ResourceType.CLUSTER, "//h" + i);
          for (int ping = 0; ping < 20; ping++) {
            client.frame(RawHttp2.PING, 0, 0, new byte[8]);
          }
        }
      } catch (IOException e) {
        // The connection is closed.
      }
      assertThat(client.end()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM);
    }
  }

  private static void ask(RawHttp2 client, ResourceType type, String name) throws IOException {
    client.message(
        1,
        DeltaDiscoveryRequest.newBuilder()
            .setNode(ServerUnderTest.client("SIDECAR", "on-demand"))
            .setTypeUrl(type.typeUrl())
            .addResourceNamesSubscribe(name)
            .build());
    client.flush();
  }

  @Test
  void isReadLaterWhenItAsksTooFast() {
    Addresses addresses = new Addresses(ClientLimits.NONE, System::nanoTime);
    Connection connection = new Connection(new ConnectionCharge(addresses, null));
    EmbeddedChannel channel = new EmbeddedChannel(connection);
    for (int i = 0; i < 1_000; i++) {
      connection.asked();
    }
    assertThat(channel.config().isAutoRead()).isTrue();
    for (int i = 0; i < 1_000; i++) {
      connection.asked();
    }
    assertThat(channel.config().isAutoRead()).isFalse();
    await()
        .until(() -> {
          channel.runScheduledPendingTasks();
          return channel.config().isAutoRead();
        });
    assertThat(channel.finish()).isFalse();
  }
}
