package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.NameCount;
import org.jspecify.annotations.Nullable;

/**
 * A map from {@link Subscribers} to what a client has of it, with a few marks, in three flat
 * arrays: nine bytes a slot. A thousand clients with two thousand names each would take 300 MB in
 * hash maps, and take 36 MB here. Open addressing with linear probing; removal moves what comes
 * behind.
 *
 * <p>Owner: the stream's thread.
 */
public final class ClientStateTable {
  /** The client has asked for it by name. */
  static final int NAMED = 1;

  /** It may be different from what the client has. */
  static final int DIRTY = 2;

  /** It must be sent even if it is the same. */
  static final int FORCED = 4;

  /** It stands in the whole state that is being put together. */
  static final int LISTED = 8;

  private static final int SMALLEST = 8;

  private @Nullable Subscribers[] topics;
  private @Nullable Object[] held;
  private byte[] marks;
  private int size;
  private int named;
  private long characters;

  /** An empty table. */
  public ClientStateTable() {
    topics = new Subscribers[SMALLEST];
    held = new Object[SMALLEST];
    marks = new byte[SMALLEST];
  }

  /** A table that is the same as another. */
  public ClientStateTable(ClientStateTable other) {
    topics = other.topics.clone();
    held = other.held.clone();
    marks = other.marks.clone();
    size = other.size;
    named = other.named;
    characters = other.characters;
  }

  /** Returns how many slots there are; a slot without a topic is free. */
  int slots() {
    return topics.length;
  }

  int size() {
    return size;
  }

  /** Returns what the client has asked for by name. */
  NameCount named() {
    return new NameCount(named, characters);
  }

  @Nullable Subscribers topic(int slot) {
    return topics[slot];
  }

  /** Returns the slot of a topic, or -1. */
  int find(Subscribers topic) {
    int mask = topics.length - 1;
    for (int slot = topic.spread() & mask; topics[slot] != null; slot = (slot + 1) & mask) {
      if (topics[slot] == topic) {
        return slot;
      }
    }
    return -1;
  }

  /** Returns the slot of a topic, which is taken for it if need be. */
  int add(Subscribers topic) {
    int known = find(topic);
    if (known >= 0) {
      return known;
    }
    // Full at four fifths.
    if ((size + 1) * 5 > topics.length * 4) {
      resize(topics.length * 2);
    }
    size++;
    int slot = free(topic);
    topics[slot] = topic;
    return slot;
  }

  /** Makes room for so many more, at once. */
  void reserve(int more) {
    int length = topics.length;
    while ((size + more) * 5 > length * 4) {
      length *= 2;
    }
    if (length > topics.length) {
      resize(length);
    }
  }

  private int free(Subscribers topic) {
    int mask = topics.length - 1;
    int slot = topic.spread() & mask;
    while (topics[slot] != null) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void resize(int length) {
    @Nullable Subscribers[] oldTopics = topics;
    @Nullable Object[] oldHeld = held;
    byte[] oldMarks = marks;
    topics = new Subscribers[length];
    held = new Object[length];
    marks = new byte[length];
    for (int i = 0; i < oldTopics.length; i++) {
      Subscribers topic = oldTopics[i];
      if (topic != null) {
        int slot = free(topic);
        topics[slot] = topic;
        held[slot] = oldHeld[i];
        marks[slot] = oldMarks[i];
      }
    }
  }

  /** Frees a slot; other slots' numbers may change. */
  void remove(int slot) {
    int mask = topics.length - 1;
    int hole = slot;
    unmark(slot, NAMED);
    clear(hole);
    size--;
    for (int next = (hole + 1) & mask; topics[next] != null; next = (next + 1) & mask) {
      Subscribers topic = topics[next];
      int home = topic == null ? next : topic.spread() & mask;
      // May it move into the hole, or would it then stand before its home?
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        topics[hole] = topics[next];
        held[hole] = held[next];
        marks[hole] = marks[next];
        clear(next);
        hole = next;
      }
    }
    if (topics.length > SMALLEST && size * 8 < topics.length) {
      resize(topics.length / 2);
    }
  }

  private void clear(int slot) {
    topics[slot] = null;
    held[slot] = null;
    marks[slot] = 0;
  }

  @Nullable Object held(int slot) {
    return held[slot];
  }

  void hold(int slot, @Nullable Object what) {
    held[slot] = what;
  }

  boolean is(int slot, int mark) {
    return (marks[slot] & mark) != 0;
  }

  boolean unmarked(int slot) {
    return marks[slot] == 0;
  }

  void mark(int slot, int mark) {
    int before = marks[slot];
    marks[slot] |= (byte) mark;
    count(slot, before);
  }

  void unmark(int slot, int mark) {
    int before = marks[slot];
    marks[slot] &= (byte) ~mark;
    count(slot, before);
  }

  private void count(int slot, int before) {
    int difference = (marks[slot] & NAMED) - (before & NAMED);
    Subscribers topic = topics[slot];
    if (topic != null && difference != 0) {
      named += difference;
      characters += (long) difference * topic.name().length();
    }
  }
}
