package io.github.topologyxds.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that the test turns on. */
public final class FakeClock implements GroupClock {
  private record Alarm(long at, Runnable task) {}

  private final List<Alarm> alarms = new ArrayList<>();
  private long now;

  /** The first of June 2026, 12:00 UTC. */
  static final long NOON = 1_780_315_200_000L;

  @Override
  public long nanos() {
    return now;
  }

  /** The clock on the wall begins at noon. */
  @Override
  public long epochMillis() {
    return NOON + now / 1_000_000;
  }

  @Override
  public void after(long nanos, Runnable task) {
    alarms.add(new Alarm(now + nanos, task));
  }

  /** Time passes, and what was to be done meanwhile is done. */
  void advance(long millis) {
    now += millis * 1_000_000;
    List<Alarm> due = new ArrayList<>(alarms.stream().filter(a -> a.at() <= now).toList());
    alarms.removeAll(due);
    due.sort(Comparator.comparingLong(Alarm::at));
    due.forEach(alarm -> alarm.task().run());
  }
}
