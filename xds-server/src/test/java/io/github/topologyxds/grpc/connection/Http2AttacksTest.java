package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One connection attacks with HTTP/2 itself: it is ended, costs no memory, and the streams of
 * others see every change meanwhile.
 */
@Timeout(60) // a flood that is not ended does not hang the build
class Http2AttacksTest {
  private static final int GOOD = 20;
  private static final int CHANGES = 10;

  /** More than the sockets hold: who writes as many is not stopped. */
  private static final int STEPS = 1_000_000;

  private static final int STEPS_AT_ONCE = 100;
  private static final long HEAP_BYTES = 20 << 20;
  private static final XdsLimits LIMITS = XdsLimits.DEFAULT.withPushInterval(Duration.ZERO);

  @ParameterizedTest
  @EnumSource
  void endsAFlood(Attack attack) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(LIMITS, service("cart"));
        GoodStreams good = new GoodStreams(server, GOOD)) {
      long heap = heapAfterGc();
      try (RawHttp2 attacker = RawHttp2.introduced(server.address(), RawHttp2.NOTHING)) {
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(attack, attacker));
        for (int i = 0; i < CHANGES || !flood.isDone(); i++) {
          good.seeAChange();
          assertThat(server.metrics().streams())
              .isLessThanOrEqualTo(GOOD + ConnectionStreams.BEFORE_NODE);
        }

        assertThat(attacker.end()).matches(attack::mayEndWith);
        assertThat(heapAfterGc() - heap).isLessThan(HEAP_BYTES);
      }
      await().until(() -> server.metrics().streams() == GOOD);
      good.seeAChange();
    }
  }

  private static void flood(Attack attack, RawHttp2 attacker) {
    try {
      for (int i = 0; i < STEPS && !attacker.ended(); i++) {
        attack.step(attacker, i);
        if (i % STEPS_AT_ONCE == 0) {
          attacker.flush();
        }
      }
    } catch (IOException e) {
      // The connection is closed.
    }
  }

  /** 0 and 10 bytes of the preface, and all of it without the SETTINGS frame that belongs to it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 24})
  void endsAHandshakeThatIsNeverDone(int prefaceBytes) throws Exception {
    XdsLimits limits = LIMITS.withHandshake(Duration.ofMillis(500));
    try (ServerUnderTest server = ServerUnderTest.with(limits, service("cart"));
        GoodStreams good = new GoodStreams(server, GOOD);
        RawHttp2 attacker = new RawHttp2(server.address())) {
      attacker.preface(prefaceBytes);
      attacker.flush();
      while (!attacker.ended()) {
        good.seeAChange();
      }
      assertThat(attacker.end()).isIn(null, Http2Error.NO_ERROR);
      good.seeAChange();
    }
  }

  /** Asks on every stream for more than it ever gives room for. */
  @Test
  void endsAConnectionWithoutAWindow() throws Exception {
    ModelObject[] services =
        IntStream.range(0, 1000)
            .mapToObj(i -> service(i == 0 ? "cart" : "s" + i))
            .toArray(ModelObject[]::new);
    XdsLimits limits = LIMITS.withStall(Duration.ofMillis(500));
    try (ServerUnderTest server = ServerUnderTest.with(limits, services);
        GoodStreams good = new GoodStreams(server, GOOD)) {
      long heap = heapAfterGc();
      try (RawHttp2 attacker =
          RawHttp2.introduced(
              server.address(), RawHttp2.setting(RawHttp2.INITIAL_WINDOW_SIZE, 0))) {
        for (int i = 0; i < ConnectionStreams.BEFORE_NODE; i++) {
          attacker.call(2 * i + 1, 0);
          attacker.message(
              2 * i + 1,
              DeltaDiscoveryRequest.newBuilder()
                  .setNode(ServerUnderTest.on("node-x"))
                  .setTypeUrl(ResourceType.CLUSTER.typeUrl())
                  .build());
        }
        attacker.flush();
        await().until(() -> server.metrics().streams() == GOOD + ConnectionStreams.BEFORE_NODE);
        assertThat(heapAfterGc() - heap).isLessThan(HEAP_BYTES);
        while (!attacker.ended()) {
          good.seeAChange();
        }
        assertThat(attacker.received(RawHttp2.DATA)).isZero();
      }
      await().until(() -> server.metrics().streams() == GOOD);
      good.seeAChange();
    }
  }

  /** ACKs are small frames as well: 1,920 on one connection are no flood while it is sent more. */
  @Test
  void letsSixteenStreamsAcknowledge() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(LIMITS, service("cart"));
        GoodStreams good = new GoodStreams(server, ConnectionStreams.BEFORE_NODE)) {
      for (int i = 0; i < 120; i++) {
        good.seeAChange();
      }
    }
  }

  private static long heapAfterGc() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
