package io.github.topologyxds.e2e.apiserver;

import org.jspecify.annotations.Nullable;

/**
 * One write.
 *
 * @param before null when the object was made
 * @param after the object as it is now, or, when {@code deleted}, as it was, at this revision
 */
record Change(long revision, @Nullable StoredObject before, StoredObject after, boolean deleted) {

  /** What a watch with this selection says of it: null when it does not concern the watch. */
  @Nullable WatchEvent event(Selection selection) {
    boolean was = before != null && selection.selects(before);
    boolean is = !deleted && selection.selects(after);
    if (is) {
      return new WatchEvent(was ? "MODIFIED" : "ADDED", revision, after.whole());
    }
    // An object that ceases to match leaves the watch as a deletion.
    return was ? new WatchEvent("DELETED", revision, after.whole()) : null;
  }
}
