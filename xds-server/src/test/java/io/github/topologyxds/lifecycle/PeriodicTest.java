package io.github.topologyxds.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PeriodicTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void goesOnAfterAStepThatFails() {
    AtomicInteger steps = new AtomicInteger();
    try (Periodic periodic =
        Periodic.every(
            Duration.ofMillis(20),
            "fails",
            () -> {
              if (steps.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("every second time");
              }
            })) {
      await().until(() -> steps.get() >= 4);
      assertThat(periodic.finish(LONG)).isTrue();
    }
  }

  @Test
  void theStepUnderWayComesToItsEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    try (Periodic periodic =
        Periodic.every(
            Duration.ofHours(1),
            "busy",
            () -> {
              begun.countDown();
              goOn.await();
              ended.set(true);
            })) {
      begun.await();
      assertThat(periodic.finish(Duration.ofMillis(20))).isFalse();
      goOn.countDown();
      assertThat(periodic.finish(LONG)).isTrue();
      assertThat(ended).isTrue();
    }
  }

  @Test
  void closingInterruptsTheStepUnderWay() {
    Periodic periodic =
        Periodic.every(Duration.ofHours(1), "waits", () -> new CountDownLatch(1).await());
    periodic.close();
    assertThat(periodic.finish(LONG)).isTrue();
  }
}
