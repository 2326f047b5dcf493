package io.github.topologyxds.shiftstatus;

import io.github.topologyxds.kubernetes.ExponentialDelay;
import io.github.topologyxds.shifts.ShiftStatus;
import io.github.topologyxds.shifts.ShiftStatuses.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which statuses are written now. What was written is not written again while the watch may be
 * behind; what failed waits, each ZonalShift for itself.
 *
 * <p>Owner: the thread "shift-status".
 */
final class StatusBacklog {
  /** At most so many at a time, whatever appears. */
  static final int MAX_AT_ONCE = 5;

  /** A watch that has not shown in this time what was written will not: somebody undid it. */
  static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

  private static final ExponentialDelay RETRY =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Map<String, Attempt> attempts = new HashMap<>();

  /**
   * The last one for a ZonalShift.
   *
   * @param failures in a row; 0: it was written
   * @param until nothing is done before this time, of the monotonic clock
   */
  private record Attempt(String uid, ShiftStatus status, int failures, long until) {
    boolean holds(Change change, long now) {
      boolean same = uid.equals(change.shift().record().uid());
      boolean waits = until - now > 0;
      return same && waits && (failures > 0 || change.status().timeless().equals(status));
    }
  }

  /**
   * Returns which of these changes to write.
   *
   * @param changes all that there are: what is not among them is as it should be
   * @param now of the monotonic clock, in nanoseconds
   */
  List<Change> due(List<Change> changes, long now) {
    Set<String> names =
        changes.stream().map(change -> change.shift().name()).collect(Collectors.toSet());
    attempts.keySet().retainAll(names);
    return changes.stream()
        .filter(change -> {
          @Nullable Attempt last = attempts.get(change.shift().name());
          return last == null || !last.holds(change, now);
        })
        .limit(MAX_AT_ONCE)
        .toList();
  }

  /** It was written. */
  void written(Change change, long now) {
    put(change, 0, now + SHOWN_WITHIN.toNanos());
  }

  /**
   * It was not.
   *
   * @param atLeast what the server asked for, or zero
   * @return how often it has failed in a row
   */
  int failed(Change change, Duration atLeast, long now) {
    @Nullable Attempt last = attempts.get(change.shift().name());
    boolean again = last != null && last.uid().equals(change.shift().record().uid());
    int before = again && last != null ? last.failures() : 0;
    put(change, before + 1, now + RETRY.after(before, atLeast).toNanos());
    return before + 1;
  }

  private void put(Change change, int failures, long until) {
    attempts.put(
        change.shift().name(),
        new Attempt(change.shift().record().uid(), change.status().timeless(), failures, until));
  }
}
