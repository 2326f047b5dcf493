package io.github.topologyxds.e2e.apiserver;

import java.time.Duration;

/**
 * How watches behave that have no fault.
 *
 * @param bookmarkPeriod between two BOOKMARK events of a watch that allows them
 */
public record WatchRules(Duration bookmarkPeriod, WatchList watchList) {

  /** Whether {@code sendInitialEvents} is served. */
  public enum WatchList {
    /** As the server of the transcripts, whose etcd is too old. */
    REFUSED,
    SUPPORTED
  }

  /** A bookmark a minute, as a real server. */
  public static WatchRules standard() {
    return new WatchRules(Duration.ofMinutes(1), WatchList.REFUSED);
  }

  /** The same, but for the bookmarks. */
  public WatchRules withBookmarks(Duration period) {
    return new WatchRules(period, watchList);
  }

  /** The same, but for {@code sendInitialEvents}. */
  public WatchRules with(WatchList support) {
    return new WatchRules(bookmarkPeriod, support);
  }
}
