package io.github.topologyxds.slices.writer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often what others did to slices of one Service is put right: soon, but not in a fight without
 * end. Immutable, and without a clock; times are nanoseconds of a monotonic one.
 *
 * @param repairs when the last ones were, oldest first; only those of the last minute count
 * @param pausedUntil null when it is not paused
 */
record RepairGuard(List<Long> repairs, @Nullable Long pausedUntil) {
  static final RepairGuard CALM = new RepairGuard(List.of(), null);

  private static final int MAX_REPAIRS = 5;
  private static final long WITHIN = Duration.ofMinutes(1).toNanos();
  private static final long PAUSE = Duration.ofMinutes(5).toNanos();
  private static final long FIRST_GAP = Duration.ofMillis(250).toNanos();

  RepairGuard {
    repairs = List.copyOf(repairs);
  }

  /** What to do about damage. */
  sealed interface Verdict {
    /** Repair it now. */
    record Repair(RepairGuard next) implements Verdict {}

    /** Not yet; ask again then. */
    record Wait(long until) implements Verdict {}

    /** It has been repaired often enough: say so, leave the Service alone, and ask again then. */
    record Pause(RepairGuard next, long until) implements Verdict {}
  }

  /** Returns what to do about damage that is seen now. */
  Verdict damaged(long now) {
    if (pausedUntil != null) {
      return now - pausedUntil < 0 ? new Verdict.Wait(pausedUntil) : CALM.damaged(now);
    }
    List<Long> recent = repairs.stream().filter(at -> now - at < WITHIN).toList();
    if (recent.size() >= MAX_REPAIRS) {
      return new Verdict.Pause(new RepairGuard(List.of(), now + PAUSE), now + PAUSE);
    }
    if (!recent.isEmpty()) {
      // 0.25, 0.5, 1, 2 s: the fifth, too, comes well within five seconds.
      long earliest = recent.getLast() + (FIRST_GAP << (recent.size() - 1));
      if (now - earliest < 0) {
        return new Verdict.Wait(earliest);
      }
    }
    List<Long> next = new ArrayList<>(recent);
    next.add(now);
    return new Verdict.Repair(new RepairGuard(next, null));
  }

  /** Whether nothing at all is written for the Service. */
  boolean pausedAt(long now) {
    return pausedUntil != null && now - pausedUntil < 0;
  }
}
