package io.github.topologyxds.session;

/** The time of a thread of sessions, and its timer. */
public interface GroupClock {
  /** Nanoseconds of a clock that never goes back. */
  long nanos();

  /** Milliseconds since 1970, for people: this one may be set, even backwards. */
  long epochMillis();

  /** Runs a task on the thread, not before so many nanoseconds have passed. */
  void after(long nanos, Runnable task);
}
