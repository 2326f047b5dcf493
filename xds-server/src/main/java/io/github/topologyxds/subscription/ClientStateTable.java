package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.xds.resource.KnownResource;
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

  /** It is sent though the client has not asked for it, which it may be doing right now. */
  static final int UNASKED = 32;

  /** There is none any more, and the client keeps what it has for as long as it asks for it. */
  static final int KEPT = 16;

  private static final int MIN_CAPACITY = 8;

  private @Nullable Subscribers[] entries;
  private @Nullable KnownResource[] known;
  private byte[] marks;
  private int size;
  private int named;
  private long characters;

  /** An empty table. */
  public ClientStateTable() {
    entries = new Subscribers[MIN_CAPACITY];
    known = new KnownResource[MIN_CAPACITY];
    marks = new byte[MIN_CAPACITY];
  }

  /** A table that is the same as another. */
  public ClientStateTable(ClientStateTable other) {
    entries = other.entries.clone();
    known = other.known.clone();
    marks = other.marks.clone();
    size = other.size;
    named = other.named;
    characters = other.characters;
  }

  /** Returns how many slots there are; a slot without an entry is free. */
  int slots() {
    return entries.length;
  }

  int size() {
    return size;
  }

  /** Returns what the client has asked for by name. */
  NameCount named() {
    return new NameCount(named, characters);
  }

  @Nullable Subscribers entry(int slot) {
    return entries[slot];
  }

  /** Returns the slot of an entry, or -1. */
  int find(Subscribers entry) {
    int mask = entries.length - 1;
    for (int slot = entry.spread() & mask; entries[slot] != null; slot = (slot + 1) & mask) {
      if (entries[slot] == entry) {
        return slot;
      }
    }
    return -1;
  }

  /** Returns the slot of an entry, which is taken for it if need be. */
  int add(Subscribers entry) {
    int known = find(entry);
    if (known >= 0) {
      return known;
    }
    // Full at four fifths.
    if ((size + 1) * 5 > entries.length * 4) {
      resize(entries.length * 2);
    }
    size++;
    int slot = free(entry);
    entries[slot] = entry;
    return slot;
  }

  /** Makes room for so many more, at once. */
  void reserve(int more) {
    int length = entries.length;
    while ((size + more) * 5 > length * 4) {
      length *= 2;
    }
    if (length > entries.length) {
      resize(length);
    }
  }

  private int free(Subscribers entry) {
    int mask = entries.length - 1;
    int slot = entry.spread() & mask;
    while (entries[slot] != null) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void resize(int length) {
    @Nullable Subscribers[] oldEntries = entries;
    @Nullable KnownResource[] oldKnown = known;
    byte[] oldMarks = marks;
    entries = new Subscribers[length];
    known = new KnownResource[length];
    marks = new byte[length];
    for (int i = 0; i < oldEntries.length; i++) {
      Subscribers entry = oldEntries[i];
      if (entry != null) {
        int slot = free(entry);
        entries[slot] = entry;
        known[slot] = oldKnown[i];
        marks[slot] = oldMarks[i];
      }
    }
  }

  /** Frees a slot; other slots' numbers may change. */
  void remove(int slot) {
    int mask = entries.length - 1;
    int hole = slot;
    unmark(slot, NAMED);
    clear(hole);
    size--;
    for (int next = (hole + 1) & mask; entries[next] != null; next = (next + 1) & mask) {
      Subscribers entry = entries[next];
      int home = entry == null ? next : entry.spread() & mask;
      // May it move into the hole, or would it then stand before its home?
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        entries[hole] = entries[next];
        known[hole] = known[next];
        marks[hole] = marks[next];
        clear(next);
        hole = next;
      }
    }
    if (entries.length > MIN_CAPACITY && size * 8 < entries.length) {
      resize(entries.length / 2);
    }
  }

  private void clear(int slot) {
    entries[slot] = null;
    known[slot] = null;
    marks[slot] = 0;
  }

  @Nullable KnownResource known(int slot) {
    return known[slot];
  }

  void know(int slot, @Nullable KnownResource what) {
    known[slot] = what;
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
    Subscribers entry = entries[slot];
    if (entry != null && difference != 0) {
      named += difference;
      characters += (long) difference * entry.name().length();
    }
  }
}
