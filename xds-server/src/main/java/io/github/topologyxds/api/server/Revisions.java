package io.github.topologyxds.api.server;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How often what a listing shows has changed: a number of each, which is read now and then, so that
 * a watcher costs the threads that change it nothing.
 */
public final class Revisions {
  private final Map<String, LongSupplier> byListing = new TreeMap<>();

  /** Adds a listing; the number only grows. Any thread reads it. */
  public Revisions with(String listing, LongSupplier revision) {
    byListing.put(listing, revision);
    return this;
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
