package io.github.topologyxds.kubernetes;

import java.time.Duration;

/**
 * Delays that double with each failure.
 *
 * @param first after one failure
 * @param max however many failures there are
 */
public record ExponentialDelay(Duration first, Duration max) {
  /** More doublings would overflow, and no delay of ours is that long. */
  private static final int MAX_DOUBLINGS = 20;

  /**
   * Returns how long to wait.
   *
   * @param before failures in a row before this one: 0 for the first
   * @param atLeast what the server asked for, or zero
   */
  public Duration after(int before, Duration atLeast) {
    Duration doubled = first.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
    Duration wait = doubled.compareTo(max) < 0 ? doubled : max;
    return wait.compareTo(atLeast) < 0 ? atLeast : wait;
  }
}
