package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which Services have changed last, so that who watches need not look at all of them again. It
 * remembers a few hundred, of whatever size the cluster is. Any thread.
 */
final class ServiceChanges {
  private static final int KEPT = 256;

  // Guarded by this, oldest first.
  private final Deque<Change> last = new ArrayDeque<>();

  /** Of what changed up to here some is forgotten. */
  private long forgotten;

  private record Change(long revision, ObjectName service) {}

  /** These have changed with a revision, which is higher than all before. */
  synchronized void add(long revision, Collection<ObjectName> services) {
    if (services.size() > KEPT) {
      all(revision);
      return;
    }
    services.forEach(service -> last.add(new Change(revision, service)));
    while (last.size() > KEPT) {
      forgotten = last.remove().revision();
    }
  }

  /** Any may be another with this revision. */
  synchronized void all(long revision) {
    last.clear();
    forgotten = revision;
  }

  /** Returns which have changed after a revision; empty where that is not known any more. */
  synchronized Optional<SortedSet<ObjectName>> since(long revision) {
    if (revision < forgotten) {
      return Optional.empty();
    }
    SortedSet<ObjectName> changed = new TreeSet<>();
    last.stream()
        .filter(change -> change.revision() > revision)
        .forEach(c -> changed.add(c.service()));
    return Optional.of(Collections.unmodifiableSortedSet(changed));
  }
}
