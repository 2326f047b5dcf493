package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.state.ResourceVersion;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often the API server is asked, and when its silence counts. */
class PacingTest {
  @Test
  void waitsLongerAfterEachFailureAndNeverLessThanTheServerAsks() {
    Backoff backoff = new Backoff();
    for (int doubling = 0; doubling < 8; doubling++) {
      long full = 250L << Math.min(doubling, 5);
      assertThat(backoff.next(Duration.ZERO).toMillis()).isBetween(full / 2, full);
    }
    assertThat(backoff.next(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    backoff.reset();
    assertThat(backoff.next(Duration.ZERO).toMillis()).isBetween(125L, 250L);
  }

  @Test
  void listsTwiceAtOnceAndThenOnceInTenSeconds() {
    ListAllowance allowance = new ListAllowance();
    List<Long> waits = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 4; i++) {
      Duration wait = allowance.take(now);
      waits.add(wait.toSeconds());
      now += wait.toNanos();
    }
    assertThat(waits).containsExactly(0L, 0L, 10L, 10L);
    assertThat(allowance.take(now + Duration.ofMinutes(5).toNanos())).isZero();
    assertThat(allowance.take(now + Duration.ofMinutes(5).toNanos())).isZero();
    assertThat(allowance.take(now + Duration.ofMinutes(5).toNanos())).isPositive();
  }

  @Test
  void silenceOfFortySecondsIsStale() {
    AtomicLong clock = new AtomicLong();
    FeedHealth health =
        new FeedHealth(new Feed(WatchedKind.SLICE, ""), clock::get, new OutageLog(clock::get));
    health.synced();
    clock.addAndGet(Duration.ofSeconds(40).toNanos());
    assertThat(health.now().stale()).isFalse();
    clock.addAndGet(1);
    health.failed(new ApiFailure(ApiFailure.Kind.UNAVAILABLE, "does not answer"));
    WatchHealth now = health.now();
    assertThat(now.stale()).isTrue();
    assertThat(now.synced()).isTrue();
    assertThat(now.trouble()).isEqualTo("does not answer");
    health.heard();
    assertThat(health.now().stale()).isFalse();
    assertThat(health.now().trouble()).isEmpty();
  }

  @Test
  void versionsAreComparedAsNumbersOfAnyLength() {
    assertThat(new ResourceVersion("99").isAtMost(new ResourceVersion("100"))).isTrue();
    assertThat(new ResourceVersion("100").isAtMost(new ResourceVersion("99"))).isFalse();
    assertThat(new ResourceVersion("100").isAtMost(new ResourceVersion("100"))).isTrue();
    ResourceVersion beyondLong = new ResourceVersion("9".repeat(30));
    assertThat(new ResourceVersion("1").isAtMost(beyondLong)).isTrue();
    assertThat(new ResourceVersion("opaque").isAtMost(beyondLong)).isFalse();
    assertThat(ResourceVersion.NONE.isAtMost(beyondLong)).isFalse();
  }
}
