package io.github.topologyxds.logging;

import ch.qos.logback.classic.Level;
import java.util.concurrent.TimeUnit;

/**
 * Lines that share a rate, and keep none of the other shares' lines out. What clients can cause is
 * 20 lines a second, those of {@link #OPEN} and {@link #REFUSAL} together, beside {@link #CLIENTS}.
 */
enum Share {
  /** Libraries write it, or a client causes it; no more than INFO of ours. */
  OPEN(Share.perSecond(10, 10), Share.perSecond(5, 5)),

  /** WARN and ERROR of ours that a client causes: a response that it refuses. */
  REFUSAL(Share.perSecond(10, 10), Share.perSecond(10, 10)),

  /**
   * Who comes and goes. That logger limits itself, and tells the number of what it leaves out; here
   * is room for what it writes, so that the number is right.
   */
  CLIENTS(Share.perSecond(50, 25), Share.perSecond(50, 25)),

  /** INFO of ours. A first complete state may bring a hundred findings at once. */
  NEWS(Share.perSecond(200, 20), Share.perSecond(100, 10)),

  /** WARN and ERROR of ours: nobody's flood hides them. */
  RESERVE(Share.perSecond(200, 20), Share.perSecond(100, 10));

  private static final String OURS = "io.github.topologyxds.";

  private final TokenBucket.Rate all;
  private final TokenBucket.Rate each;

  /**
   * A share.
   *
   * @param all of its lines together
   * @param each of one logger and level: less, so that one alone leaves room for others
   */
  Share(TokenBucket.Rate all, TokenBucket.Rate each) {
    this.all = all;
    this.each = each;
  }

  private static TokenBucket.Rate perSecond(int burst, int lines) {
    return new TokenBucket.Rate(burst, TimeUnit.SECONDS.toNanos(1) / lines);
  }

  TokenBucket.Rate all() {
    return all;
  }

  TokenBucket.Rate each() {
    return each;
  }

  static boolean isOurs(String logger) {
    return logger.startsWith(OURS);
  }

  /** Of a line that nobody's bytes have led to. */
  static Share of(String logger, Level level) {
    return logger.equals(CurrentClient.LOGGER)
        ? CLIENTS
        : !isOurs(logger) ? OPEN : level.isGreaterOrEqual(Level.WARN) ? RESERVE : NEWS;
  }

  /** Of a line that is written while the thread is at a client's bytes. */
  static Share ofClient(String logger, Level level) {
    return isOurs(logger) && level.isGreaterOrEqual(Level.WARN) ? REFUSAL : OPEN;
  }
}
