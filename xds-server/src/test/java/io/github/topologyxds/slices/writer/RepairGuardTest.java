package io.github.topologyxds.slices.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.slices.writer.RepairGuard.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairGuardTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** A monotonic clock begins anywhere, and may pass the end of its numbers. */
  private static final long START = Long.MAX_VALUE - 30 * SECOND;

  private static RepairGuard repaired(RepairGuard guard, long at) {
    return ((Verdict.Repair) guard.damaged(at)).next();
  }

  @Test
  void theFirstDamageIsRepairedAtOnce() {
    assertThat(RepairGuard.CALM.damaged(START)).isInstanceOf(Verdict.Repair.class);
  }

  @Test
  void eachRepairWaitsLongerAndNoneForFiveSeconds() {
    RepairGuard guard = RepairGuard.CALM;
    long now = START;
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long damagedAt = now;
      if (guard.damaged(now) instanceof Verdict.Wait(long until)) {
        now = until;
      }
      waits.add((now - damagedAt) / (SECOND / 4));
      guard = repaired(guard, now);
    }
    assertThat(waits).as("quarters of a second").containsExactly(0L, 1L, 2L, 4L, 8L);
  }

  @Test
  void afterFiveInAMinuteItPausesForFiveMinutes() {
    RepairGuard guard = RepairGuard.CALM;
    for (int i = 0; i < 5; i++) {
      guard = repaired(guard, START + 10L * i * SECOND);
    }
    long sixth = START + 50 * SECOND;
    Verdict.Pause pause = (Verdict.Pause) guard.damaged(sixth);
    assertThat(pause.until() - sixth).isEqualTo(300 * SECOND);
    assertThat(pause.next().pausedAt(pause.until() - 1)).isTrue();
    assertThat(pause.next().damaged(sixth + SECOND)).isEqualTo(new Verdict.Wait(pause.until()));
    assertThat(pause.next().pausedAt(pause.until())).isFalse();
    assertThat(pause.next().damaged(pause.until())).isInstanceOf(Verdict.Repair.class);
  }

  @Test
  void whatIsLongAgoDoesNotCount() {
    RepairGuard guard = RepairGuard.CALM;
    for (int i = 0; i < 100; i++) {
      guard = repaired(guard, START + 15L * i * SECOND);
    }
    assertThat(guard.repairs()).hasSizeLessThanOrEqualTo(5);
  }
}
