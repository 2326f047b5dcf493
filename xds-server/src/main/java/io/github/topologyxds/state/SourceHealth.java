package io.github.topologyxds.state;

import java.time.Duration;
import java.util.List;

/** What a source knows of its own connection. Any thread may ask. */
@FunctionalInterface
public interface SourceHealth {
  /** A source without a connection, such as a folder. */
  SourceHealth NO_WATCHES = List::of;

  /** Returns what stands in the way of objects, or is served from memory: a line for each. */
  default List<String> troubles() {
    return List.of();
  }

  /**
   * Whether somebody answers for what is watched and refuses us (401, 403, TLS): what we hold may
   * be untrue, while others know better.
   */
  default boolean refuses() {
    return false;
  }

  /** Returns since when what was told last may be untrue; zero while it is told as it happens. */
  default Duration unconfirmed() {
    return watches().stream()
        .map(WatchHealth::silence)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Returns how many files are left out, or count with what stood in them before. */
  default int brokenFiles() {
    return 0;
  }

  /** Returns how each watched collection is, sorted by kind and namespace. */
  List<WatchHealth> watches();
}
