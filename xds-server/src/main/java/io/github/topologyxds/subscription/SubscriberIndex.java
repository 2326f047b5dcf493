package io.github.topologyxds.subscription;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The index from resource name to sessions, for one type and the sessions of one thread: a change
 * of a resource looks at its subscribers and at nobody else. A name is forgotten with the last
 * session that knows it, and how many one may ask for is limited (see {@link PushLimits}): so what
 * clients make up goes with them.
 *
 * <p>Owner: the sessions' thread.
 */
public final class SubscriberIndex {
  private final Map<String, Subscribers> byName = new HashMap<>();
  private final BitSet wildcard = new BitSet();
  private long forgotten;

  /** Returns the entry of a name that some session knows; null if none does. */
  @Nullable Subscribers find(String name) {
    return byName.get(name);
  }

  /** A session wants, or has, the resource of this name. */
  Subscribers join(String name, int session) {
    Subscribers entry = byName.get(name);
    if (entry == null) {
      entry = new Subscribers(name);
      byName.put(name, entry);
    }
    entry.sessions().set(session);
    return entry;
  }

  /** A session has no more to do with this name. */
  void leave(Subscribers entry, int session) {
    entry.sessions().clear(session);
    if (entry.sessions().isEmpty()) {
      byName.remove(entry.name(), entry);
      forgotten++;
    }
  }

  /** A session wants every resource of the type, whatever its name. */
  void joinAll(int session) {
    wildcard.set(session);
  }

  void leaveAll(int session) {
    wildcard.clear(session);
  }

  /** Adds the sessions for which a change of this resource may matter. */
  public void collect(String name, BitSet concerned) {
    concerned.or(wildcard);
    Subscribers entry = byName.get(name);
    if (entry != null) {
      concerned.or(entry.sessions());
    }
  }

  /** Returns how many names have been forgotten so far. */
  long forgotten() {
    return forgotten;
  }

  /** Returns how many names are known. */
  public int size() {
    return byName.size();
  }
}
