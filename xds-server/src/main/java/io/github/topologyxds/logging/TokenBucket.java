package io.github.topologyxds.logging;

import com.google.errorprone.annotations.Immutable;

/** So many at once, and then so many in a while. Owner: whoever holds the {@link LineBudget}. */
final class TokenBucket {
  private final Rate rate;
  private long tokens;
  private long filledAt;

  /**
   * How fast a bucket fills.
   *
   * @param burst tokens that it holds at most, and at first
   * @param nanosPerToken how long it takes until there is another one
   */
  @Immutable
  record Rate(int burst, long nanosPerToken) {}

  TokenBucket(Rate rate, long nanos) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.filledAt = nanos;
  }

  /** Returns whether there is a token at this time. */
  boolean hasToken(long nanos) {
    long fresh = (nanos - filledAt) / rate.nanosPerToken();
    if (fresh > 0) {
      tokens = Math.min(rate.burst(), tokens + fresh);
      filledAt += fresh * rate.nanosPerToken();
    }
    return tokens > 0;
  }

  /** Takes a token that {@link #hasToken} has seen. */
  void take() {
    tokens--;
  }

  /** Returns whether it holds all that it can: then a new one would be the same. */
  boolean isFull(long nanos) {
    return hasToken(nanos) && tokens == rate.burst();
  }
}
