package io.github.topologyxds.source.kubernetes;

import java.time.Duration;

/**
 * Lists are dear for the API server: two at once are fine, then one in 10 s (a bucket of two
 * tokens). Time is in nanoseconds of any monotonic clock.
 */
public final class ListAllowance {
  private static final long REFILL = Duration.ofSeconds(10).toNanos();
  private static final int MAX_LISTS = 2;

  // Owner: the reflector's thread.
  private long nextFree = Long.MIN_VALUE;

  /** Takes leave for one LIST; returns how long to wait before it. */
  public Duration take(long now) {
    long from = from(now);
    nextFree = from + REFILL;
    return Duration.ofNanos(Math.max(0, from - now));
  }

  /** Returns whether one LIST is free now; takes nothing. */
  public boolean isFree(long now) {
    return from(now) <= now;
  }

  private long from(long now) {
    long earliest = now - (MAX_LISTS - 1) * REFILL;
    return nextFree == Long.MIN_VALUE ? earliest : Math.max(nextFree, earliest);
  }
}
