package io.github.topologyxds.subscription;

import java.util.BitSet;

/**
 * One resource name, once for all sessions of a thread: those that want it or have it. A bit for a
 * session, so a million subscriptions cost an eighth of a megabyte.
 *
 * <p>Owner: the sessions' thread.
 */
public final class Subscribers {
  private final String name;
  private final int hash;
  private final BitSet sessions = new BitSet();

  Subscribers(String name) {
    this.name = name;
    int h = name.hashCode();
    this.hash = h ^ (h >>> 16);
  }

  String name() {
    return name;
  }

  /** Returns a hash that tells entries apart in its low bits. */
  int spread() {
    return hash;
  }

  /** The sessions, by their numbers. Not to be changed by the caller. */
  BitSet sessions() {
    return sessions;
  }
}
