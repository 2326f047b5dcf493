package io.github.topologyxds.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OwnerThreadTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void shouldComeToItsEndWhenToldToStop() {
    AtomicReference<OwnerThread> self = new AtomicReference<>();
    AtomicInteger rounds = new AtomicInteger();
    OwnerThread thread =
        OwnerThread.platform(
            "owner",
            () -> {
              while (!self.get().stopsWithin(Duration.ofHours(1))) {
                rounds.incrementAndGet();
              }
              rounds.addAndGet(100);
            });
    self.set(thread);
    thread.start();
    assertThat(thread.stops()).isFalse();
    thread.stop();
    assertThat(thread.ends(LONG)).isTrue();
    assertThat(thread.stops()).isTrue();
    assertThat(rounds).hasValue(100);
  }

  @Test
  void shouldSayThatItIsStillBusy() {
    CountDownLatch work = new CountDownLatch(1);
    OwnerThread thread = OwnerThread.virtual("busy", work::await);
    thread.start();
    thread.stop();
    assertThat(thread.ends(Duration.ofMillis(20))).isFalse();
    thread.interrupt();
    assertThat(thread.ends(LONG)).isTrue();
  }

  @Test
  void shouldLeaveTheCallerInterrupted() {
    OwnerThread thread = OwnerThread.virtual("waits", () -> new CountDownLatch(1).await());
    thread.start();
    Thread.currentThread().interrupt();
    assertThat(thread.ends(LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    thread.interrupt();
    assertThat(thread.ends(LONG)).isTrue();
  }
}
