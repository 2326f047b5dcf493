package io.github.topologyxds.source.files;

import io.github.topologyxds.source.files.FolderScan.Signature;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * How the files of a folder have looked from outside: which of them move, and which wait to be
 * read. Owned by {@link ManifestFolder}.
 */
final class SeenFiles {
  private final Map<Path, Signature> seen = new HashMap<>();

  /** What looked otherwise in the last look than in the one before, or was gone. */
  private final Set<Path> moving = new HashSet<>();

  private final SortedSet<Path> pending = new TreeSet<>();

  /** What could not be read, and is tried again with each look at all. */
  private final Set<Path> unreadable = new HashSet<>();

  /** What links lead to; nobody is notified of that. */
  private final Set<Path> linked = new HashSet<>();

  /** Returns this as a look at the whole folder: what is not there is gone. */
  FolderLook all(Map<Path, Signature> there) {
    Set<Path> gone = new HashSet<>(seen.keySet());
    gone.removeAll(there.keySet());
    pending.addAll(unreadable);
    return new FolderLook(there, gone);
  }

  /** Returns what must be looked at when these have changed: links, and what has not been read. */
  SortedSet<Path> concerned(Set<Path> changed) {
    SortedSet<Path> concerned = new TreeSet<>(changed);
    concerned.addAll(pending);
    concerned.addAll(linked);
    return concerned;
  }

  /**
   * Notes a look.
   *
   * @param changed what moves, whatever it looks like
   * @param taken whether a file was read when it looked like this
   * @return whether files have come or gone
   */
  boolean note(FolderLook look, Set<Path> changed, BiPredicate<Path, Signature> taken) {
    moving.clear();
    for (Path file : look.gone()) {
      if (seen.remove(file) != null) {
        moving.add(file);
      }
      linked.remove(file);
      pending.remove(file);
      unreadable.remove(file);
    }
    int before = seen.size();
    look.there()
        .forEach((file, signature) -> {
          if (!signature.equals(seen.put(file, signature)) || changed.contains(file)) {
            moving.add(file);
            pending.add(file);
          } else if (!taken.test(file, signature) && !unreadable.contains(file)) {
            pending.add(file);
          }
          if (signature.linked()) {
            linked.add(file);
          } else {
            linked.remove(file);
          }
        });
    return seen.size() != before || look.gone().stream().anyMatch(moving::contains);
  }

  /** Nothing moves: this is how the folder is found. */
  void settle() {
    moving.clear();
  }

  /** Returns what waits to be read and does not move, sorted, with how it looks. */
  List<Map.Entry<Path, Signature>> ready() {
    return pending.stream()
        .filter(file -> !moving.contains(file) && seen.containsKey(file))
        .map(file -> Map.entry(file, seen.getOrDefault(file, Signature.UNKNOWN)))
        .toList();
  }

  /** Notes what has become of a file that was to be read. */
  void read(Path file, FolderFiles.Taken as) {
    switch (as) {
      case COUNTS -> {
        pending.remove(file);
        unreadable.remove(file);
      }
      case UNREADABLE -> {
        pending.remove(file);
        unreadable.add(file);
      }
      case LATER -> {}
    }
  }

  /** Returns those that are there. */
  Map<Path, Signature> there() {
    return seen;
  }

  boolean isMoving() {
    return !moving.isEmpty();
  }

  boolean isPending() {
    return !pending.isEmpty();
  }

  boolean hasLinks() {
    return !linked.isEmpty();
  }
}
