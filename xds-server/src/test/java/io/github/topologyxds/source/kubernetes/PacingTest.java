package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.Backoff;
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
      assertThat(backoff.next(ApiFailure.Kind.DENIED, Duration.ZERO).toMillis())
          .isBetween(full / 2, full);
    }
    assertThat(backoff.next(ApiFailure.Kind.DENIED, Duration.ofSeconds(60)))
        .isEqualTo(Duration.ofSeconds(60));
    backoff.reset();
    assertThat(backoff.next(ApiFailure.Kind.DENIED, Duration.ZERO).toMillis())
        .isBetween(125L, 250L);
  }

  @Test
  void aServerThatIsAwayIsAskedOftenEnoughAndAnAnswerBeginsAnew() {
    Backoff backoff = new Backoff();
    for (int failure = 0; failure < 200; failure++) {
      assertThat(backoff.next(ApiFailure.Kind.UNAVAILABLE, Duration.ZERO).toMillis())
          .isLessThanOrEqualTo(600);
    }
    assertThat(backoff.next(ApiFailure.Kind.UNAVAILABLE, Duration.ZERO).toMillis())
        .as("no storm either")
        .isGreaterThanOrEqualTo(300);
    for (ApiFailure.Kind answer :
        List.of(ApiFailure.Kind.GONE, ApiFailure.Kind.DENIED, ApiFailure.Kind.UNREADABLE)) {
      assertThat(backoff.next(answer, Duration.ZERO).toMillis()).isLessThanOrEqualTo(250);
    }
  }

  @Test
  void aWatchIsDoubtedWhenItWasLostAndAtTimes() {
    Duration second = Duration.ofSeconds(1);
    long minute = Duration.ofMinutes(1).toNanos();
    Doubt doubt = new Doubt(Doubt.Periods.STANDARD, 0);
    assertThat(doubt.asks(4 * minute)).isFalse();
    assertThat(doubt.asks(5 * minute)).isTrue();
    doubt.answered(5 * minute);
    assertThat(doubt.asks(9 * minute)).isFalse();
    assertThat(doubt.compares(9 * minute)).isFalse();
    int asked = 0;
    long now = 9 * minute;
    for (int lost = 0; lost < 100; lost++, now += second.toNanos() / 10) {
      doubt.lost();
      if (doubt.asks(now)) {
        doubt.answered(now);
        asked++;
      }
    }
    assertThat(asked).as("in 10 s of a watch that breaks at once").isEqualTo(2);
    assertThat(doubt.asks(now)).as("it is not forgotten").isTrue();
    doubt.answered(now);
    assertThat(doubt.compares(60 * minute)).isTrue();
    doubt.listed(60 * minute);
    assertThat(doubt.compares(119 * minute)).isFalse();
    assertThat(doubt.compares(120 * minute)).isTrue();
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
