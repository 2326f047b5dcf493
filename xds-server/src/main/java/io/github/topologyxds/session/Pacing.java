package io.github.topologyxds.session;

import java.time.Duration;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/**
 * Holds changes back: the first one after a quiet time goes out at once, then at most one response
 * with changes for each stream and window, always the newest state. A rollout of a hundred
 * endpoints a second would otherwise wake every Envoy a hundred times a second. Answers to what a
 * client asks for do not wait.
 *
 * <p>Owner: the sessions' thread.
 */
final class Pacing {
  /** No two wake-ups are closer: streams that heard together are told together. */
  private static final long LEAST_SLEEP_NANOS = 5_000_000;

  private final GroupClock clock;
  private final long window;
  private final IntToLongFunction lastSent;
  private final IntConsumer flush;
  private final BitSet delayed = new BitSet();

  /** What could not go out when it had to, because a response was open: it goes after that. */
  private final BitSet hurried = new BitSet();

  private boolean alarmSet;
  private long alarmAt;

  /**
   * Holds nothing back yet.
   *
   * @param lastSent when a session was last sent something, by its number
   * @param flush sends a session what it is due
   */
  Pacing(GroupClock clock, Duration window, IntToLongFunction lastSent, IntConsumer flush) {
    this.clock = clock;
    this.window = window.toNanos();
    this.lastSent = lastSent;
    this.flush = flush;
  }

  /** A session has been sent something; returns when. */
  long sent(int session) {
    hurried.clear(session);
    return clock.nanos();
  }

  /** Returns whether a change for this session would have to wait now. */
  boolean wouldDelay(int session) {
    return lastSent.applyAsLong(session) + window > clock.nanos();
  }

  /** What these sessions are due goes out as soon as no response is open, window or not. */
  void hurry(BitSet sessions) {
    for (int i = sessions.nextSetBit(0); i >= 0; i = sessions.nextSetBit(i + 1)) {
      delayed.clear(i);
      hurried.set(i);
      flush.accept(i);
    }
  }

  /** Something has changed for these sessions. */
  void changed(BitSet sessions) {
    long now = clock.nanos();
    long soonest = Long.MAX_VALUE;
    for (int i = sessions.nextSetBit(0); i >= 0; i = sessions.nextSetBit(i + 1)) {
      long wait = hurried.get(i) ? 0 : lastSent.applyAsLong(i) + window - now;
      if (wait <= 0) {
        delayed.clear(i);
        flush.accept(i);
      } else {
        delayed.set(i);
        soonest = Math.min(soonest, wait);
      }
    }
    wakeAfter(soonest);
  }

  private void wakeAfter(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return;
    }
    long at = clock.nanos() + nanos;
    if (!alarmSet || at - alarmAt < -LEAST_SLEEP_NANOS) {
      alarmSet = true;
      alarmAt = at;
      clock.after(nanos, () -> wake(at));
    }
  }

  private void wake(long at) {
    if (at != alarmAt) {
      // An earlier one was set after it.
      return;
    }
    alarmSet = false;
    long now = clock.nanos();
    long soonest = Long.MAX_VALUE;
    for (int i = delayed.nextSetBit(0); i >= 0; i = delayed.nextSetBit(i + 1)) {
      long wait = lastSent.applyAsLong(i) + window - now;
      if (wait <= 0) {
        delayed.clear(i);
        flush.accept(i);
      } else {
        soonest = Math.min(soonest, Math.max(wait, LEAST_SLEEP_NANOS));
      }
    }
    wakeAfter(soonest);
  }

  /** Returns whether a session's changes wait for its window to end. */
  boolean delays(int session) {
    return delayed.get(session);
  }

  void forget(int session) {
    delayed.clear(session);
    hurried.clear(session);
  }
}
