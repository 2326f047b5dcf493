package io.github.topologyxds.grpc.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a connection that asks for ever more is read on, with a clock of the test. */
class RequestPaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong clock = new AtomicLong(-5);
  private final RequestPace pace = new RequestPace(clock::get);

  private void ask(int requests) {
    for (int i = 0; i < requests; i++) {
      pace.asked();
    }
  }

  @Test
  void manyMayComeAtOnce() {
    ask(RequestPace.MAX_BURST);
    assertThat(pace.rest()).isZero();
  }

  @Test
  void whatIsBeyondThatIsMadeUpForByTime() {
    ask(RequestPace.MAX_BURST + RequestPace.MAX_PER_SECOND);
    assertThat(pace.rest()).isEqualTo(SECOND);
    clock.addAndGet(SECOND / 4);
    assertThat(pace.rest()).isEqualTo(SECOND - SECOND / 4);
    clock.addAndGet(SECOND);
    assertThat(pace.rest()).isZero();
    ask(RequestPace.MAX_PER_SECOND);
    assertThat(pace.rest()).isEqualTo(SECOND - SECOND / 4);
  }

  @Test
  void quietEarnsNoMoreThanItWasAtFirst() {
    ask(RequestPace.MAX_BURST + 1);
    clock.addAndGet(1_000 * SECOND);
    ask(RequestPace.MAX_BURST);
    assertThat(pace.rest()).isZero();
    ask(1);
    assertThat(pace.rest()).isPositive();
  }
}
