package io.github.topologyxds.grpc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.subscription.PushLimits;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented 45 seconds, by an event loop whose time the test tells. */
class StallWatchTest {
  private static final int WINDOW = 64 << 10;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Connected client = new Connected();
  private StallWatch watch;

  private static final class Connected implements StallWatch.Client {
    private long taken;
    private boolean aborted;

    @Override
    public long taken() {
      return taken;
    }

    @Override
    public void abort() {
      aborted = true;
    }
  }

  @BeforeEach
  void start() {
    channel.freezeTime();
    DeliveryLoop loop =
        new DeliveryLoop(
            channel.eventLoop(),
            new ResourceStore("cluster.local"),
            new DeliveryMetrics(),
            PushLimits.every(Duration.ZERO));
    watch = new StallWatch(loop, XdsLimits.DEFAULT.stall(), client);
  }

  @AfterEach
  void stop() {
    var unused = channel.finishAndReleaseAll();
  }

  private void pass(long seconds) {
    for (long i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runPendingTasks();
    }
  }

  /** Its last bytes leave so many seconds after it was sent the response. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6, 29, 60})
  void endsWithin45SecondsOfTheLastProgress(int seconds) {
    watch.begin();
    for (int i = 0; i < seconds; i++) {
      client.taken += WINDOW;
      pass(1);
    }
    client.taken += WINDOW;
    pass(34);
    assertThat(client.aborted).isFalse();
    pass(11);
    assertThat(client.aborted).isTrue();
  }

  /** What it is sent next is not held against it from the first second on. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 29, 36})
  void startsAnewWithEveryResponse(int seconds) {
    watch.begin();
    pass(seconds - 1);
    watch.end();
    pass(1);
    watch.begin();
    pass(34);
    assertThat(client.aborted).isFalse();
    pass(11);
    assertThat(client.aborted).isTrue();
  }

  @Test
  void letsASlowClientGoOn() {
    watch.begin();
    for (int i = 0; i < 100; i++) {
      pass(30);
      client.taken += 16 << 10;
    }
    assertThat(client.aborted).isFalse();
  }

  @Test
  void doesNotTakeAFewBytesForProgress() {
    watch.begin();
    for (int i = 0; i < 45; i++) {
      client.taken += 100;
      pass(1);
    }
    assertThat(client.aborted).isTrue();
  }

  @Test
  void endsNobodyWhoHasTakenEverything() {
    watch.begin();
    pass(3);
    watch.end();
    pass(200);
    assertThat(client.aborted).isFalse();
  }
}
