package io.github.topologyxds.load;

import java.time.Duration;

/**
 * How many requests one client can have sent: a bucket that fills with time. Nobody may claim so
 * much that the others' counts vanish beside it.
 */
final class ReportBudget {
  /** What an Envoy with all its workers comes to. */
  static final long REQUESTS_PER_SECOND = 50_000;

  /** Requests under way at a time, all Services together. */
  static final long IN_PROGRESS = 100_000;

  private static final long NANOS_PER_REQUEST = 1_000_000_000 / REQUESTS_PER_SECOND;

  /** A client that was cut off reports what has gathered meanwhile. */
  private static final int INTERVALS_AT_ONCE = 2;

  private final long most;
  private long left;
  private long filledAt;

  ReportBudget(Duration interval, long nanos) {
    this.most = Math.max(1, INTERVALS_AT_ONCE * interval.toNanos() / NANOS_PER_REQUEST);
    this.left = most;
    this.filledAt = nanos;
  }

  /** Time has passed. */
  void fill(long nanos) {
    long fresh = (nanos - filledAt) / NANOS_PER_REQUEST;
    left = Math.min(most, left + fresh);
    filledAt += fresh * NANOS_PER_REQUEST;
  }

  /** Returns how many of these may count, and takes them. */
  long take(long requests) {
    long taken = Math.min(left, requests);
    left -= taken;
    return taken;
  }
}
