package io.github.topologyxds.api.server;

import io.github.topologyxds.model.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How often what a listing shows has changed: a number of each, which is read now and then, so that
 * a watcher costs the threads that change it nothing.
 */
public final class Revisions {
  private final Map<String, LongSupplier> byListing = new TreeMap<>();
  private final Map<String, Changes> changes = new TreeMap<>();

  /** Names what has changed in a listing. */
  @FunctionalInterface
  public interface Changes {
    /** Returns it since a revision; empty: it may be anything. Any thread asks. */
    Optional<SortedSet<ObjectName>> since(long revision);
  }

  /** Adds a listing; the number only grows. Any thread reads it. */
  public Revisions with(String listing, LongSupplier revision) {
    byListing.put(listing, revision);
    return this;
  }

  /** The same with a listing of which it is known what has changed. */
  public Revisions with(String listing, LongSupplier revision, Changes named) {
    changes.put(listing, named);
    return with(listing, revision);
  }

  /** Returns what of a listing has changed since a revision; empty: it may be anything. */
  Optional<SortedSet<ObjectName>> changed(String listing, long since) {
    return Optional.ofNullable(changes.get(listing)).flatMap(named -> named.since(since));
  }

  /** Returns the names of what can be watched, sorted. */
  List<String> listings() {
    return List.copyOf(byListing.keySet());
  }

  /** Returns the numbers now. */
  Map<String, Long> now() {
    Map<String, Long> now = new TreeMap<>();
    byListing.forEach((listing, revision) -> now.put(listing, revision.getAsLong()));
    return now;
  }
}
