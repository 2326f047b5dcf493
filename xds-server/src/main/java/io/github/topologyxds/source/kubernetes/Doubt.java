package io.github.topologyxds.source.kubernetes;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * When a watch is not simply believed. A server whose etcd was restored to an older state goes on
 * with a watch that began later as if nothing had happened, and tells nothing on it until it has
 * come as far again: what was restored is never told. So its version is asked for after every lost
 * watch, and at times; and all that there is is compared with what is known, which finds a server
 * that has overtaken us. Time is in nanoseconds of any monotonic clock.
 */
final class Doubt {
  private final Periods periods;
  private final ListAllowance allowance = new ListAllowance();

  // Owner: the reflector's thread.
  private boolean lost;
  private long nextQuestion;
  private long nextComparison;

  /**
   * How often there is a doubt without a cause.
   *
   * @param question whether the server's version is older than what is known: one small request
   * @param comparison whether everything is as it is known: the metadata of all objects
   * @param clock {@link System#nanoTime}
   */
  record Periods(Duration question, Duration comparison, LongSupplier clock) {
    static final Periods STANDARD = standard(System::nanoTime);

    static Periods standard(LongSupplier clock) {
      return new Periods(Duration.ofMinutes(5), Duration.ofHours(1), clock);
    }
  }

  Doubt(Periods periods, long now) {
    this.periods = periods;
    nextQuestion = now + periods.question().toNanos();
    // Kinds and replicas that began together must not compare together.
    long hour = periods.comparison().toNanos();
    nextComparison = now + hour - RandomGenerator.getDefault().nextLong(hour / 4 + 1);
  }

  /** Something went wrong: who knows what happened meanwhile. */
  void lost() {
    lost = true;
  }

  /**
   * Whether to ask for the server's version now; a watch that breaks at once does not ask often.
   */
  boolean asks(long now) {
    return (lost || now - nextQuestion >= 0) && allowance.isFree(now);
  }

  /** The server has told its version. */
  void answered(long now) {
    allowance.take(now);
    lost = false;
    nextQuestion = now + periods.question().toNanos();
  }

  /** Whether to compare everything now. */
  boolean compares(long now) {
    return !lost && now - nextComparison >= 0;
  }

  /** Everything is known as it is: it was listed, or compared. */
  void listed(long now) {
    lost = false;
    nextQuestion = now + periods.question().toNanos();
    nextComparison = now + periods.comparison().toNanos();
  }
}
