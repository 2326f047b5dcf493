package io.github.topologyxds.e2e.apiserver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What etcd is to a real API server: the objects, one revision for all of them, and the changes
 * since the last compaction. All state is guarded by {@code lock} (a lock and not a monitor:
 * waiting in a monitor would hold a virtual thread's carrier before JDK 24).
 */
final class Store {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<ResourceKind, NavigableMap<String, StoredObject>> objects =
      new EnumMap<>(ResourceKind.class);
  private final NavigableMap<Long, Change> history = new TreeMap<>();
  private volatile boolean loopbackAllowed;
  private long revision = 1;
  private long compacted;
  private long forgotten;
  private long wakes;

  Store() {
    for (ResourceKind kind : ResourceKind.values()) {
      objects.put(kind, new TreeMap<>());
    }
  }

  /** From now on endpoints may be where a test's own backends are. */
  void allowLoopback() {
    loopbackAllowed = true;
  }

  boolean loopbackAllowed() {
    return loopbackAllowed;
  }

  /** What a write makes of the object that is there; it may also throw a {@link Refusal}. */
  interface Write {
    /**
     * Decides.
     *
     * @param existing null when there is none
     * @param nextRevision what the outcome must carry as its resourceVersion
     */
    Edit apply(@Nullable StoredObject existing, long nextRevision);
  }

  /** Applies a write with no other in between, and returns the object that it leaves. */
  StoredObject write(ObjectKey key, Write write) {
    lock.lock();
    try {
      NavigableMap<String, StoredObject> kind = ofKind(key.kind());
      StoredObject before = kind.get(key.path());
      return switch (write.apply(before, revision + 1)) {
        case Edit.Keep(StoredObject unchanged) -> unchanged;
        case Edit.Put(StoredObject after) -> {
          kind.put(key.path(), after);
          record(new Change(after.revision(), before, after, false));
          yield after;
        }
        case Edit.Remove(StoredObject last) -> {
          kind.remove(key.path());
          record(new Change(last.revision(), before, last, true));
          yield last;
        }
      };
    } finally {
      lock.unlock();
    }
  }

  @Nullable StoredObject find(ObjectKey key) {
    lock.lock();
    try {
      return ofKind(key.kind()).get(key.path());
    } finally {
      lock.unlock();
    }
  }

  /** All objects of a kind at a moment. */
  record Snapshot(long revision, NavigableMap<String, StoredObject> objects) {}

  Snapshot now(ResourceKind kind) {
    lock.lock();
    try {
      return new Snapshot(revision, new TreeMap<>(ofKind(kind)));
    } finally {
      lock.unlock();
    }
  }

  /** All objects of a kind as they were; null when that revision was compacted. */
  @Nullable Snapshot at(ResourceKind kind, long then) {
    lock.lock();
    try {
      if (then < compacted) {
        return null;
      }
      NavigableMap<String, StoredObject> past = new TreeMap<>(ofKind(kind));
      for (Change change : history.tailMap(then, false).descendingMap().values()) {
        ObjectKey key = change.after().key();
        if (key.kind() == kind && change.before() == null) {
          past.remove(key.path());
        } else if (key.kind() == kind) {
          past.put(key.path(), change.before());
        }
      }
      return new Snapshot(then, past);
    } finally {
      lock.unlock();
    }
  }

  /** How far a watch has come: in revisions, and in calls of {@link #wake}. */
  record Cursor(long revision, long wakes) {}

  /** What happened to a kind after a cursor, up to {@code until}. */
  record News(List<Change> changes, Cursor until, boolean forgotten) {}

  /** Waits until something has changed, something called {@link #wake}, or the time is over. */
  News news(ResourceKind kind, Cursor after, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (revision <= after.revision() && wakes == after.wakes() && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<Change> changes = new ArrayList<>();
      for (Change change : history.tailMap(after.revision(), false).values()) {
        if (change.after().key().kind() == kind) {
          changes.add(change);
        }
      }
      Cursor until = new Cursor(Math.max(revision, after.revision()), wakes);
      return new News(changes, until, after.revision() < forgotten);
    } finally {
      lock.unlock();
    }
  }

  /** Lets every watch look around, also those that are just about to wait. */
  void wake() {
    lock.lock();
    try {
      wakes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long revision() {
    lock.lock();
    try {
      return revision;
    } finally {
      lock.unlock();
    }
  }

  /** Everything before this revision can no longer be asked for. */
  long compacted() {
    lock.lock();
    try {
      return compacted;
    } finally {
      lock.unlock();
    }
  }

  /** Moves the revision on without a change, as writes to kinds that the substitute lacks would. */
  void advanceTo(long later) {
    lock.lock();
    try {
      revision = Math.max(revision, later);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets the past. Open watches go on, as from a real server's watch cache: what the compaction
   * before this one let go of is what they can no longer have.
   */
  void compact() {
    lock.lock();
    try {
      history.headMap(compacted, true).clear();
      forgotten = compacted;
      compacted = revision;
    } finally {
      lock.unlock();
    }
  }

  private void record(Change change) {
    revision = Math.max(revision, change.revision());
    history.put(change.revision(), change);
    changed.signalAll();
  }

  private NavigableMap<String, StoredObject> ofKind(ResourceKind kind) {
    NavigableMap<String, StoredObject> found = objects.get(kind);
    if (found == null) {
      throw new IllegalStateException("no such kind: " + kind);
    }
    return found;
  }
}
