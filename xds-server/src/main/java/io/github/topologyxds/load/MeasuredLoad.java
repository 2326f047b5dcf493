package io.github.topologyxds.load;

import io.github.topologyxds.model.ObjectName;
import java.util.SortedMap;

/**
 * What proxies have reported of late, at this replica. Any thread may ask; the answer takes up to
 * tens of milliseconds.
 *
 * <p>"The last N minutes" are N whole ones and the one that runs; a report counts for the minute in
 * which it came.
 */
public interface MeasuredLoad {
  /** Further back nothing is kept. */
  int MAX_MINUTES = 60;

  /** Returns how many streams of reports are open. */
  int streams();

  /**
   * Returns the load of all Services.
   *
   * @param minutes 1 to {@link #MAX_MINUTES}
   */
  LoadMatrix all(int minutes);

  /**
   * Returns the load of one Service, all its ports together; empty when nothing is known of it.
   *
   * @param minutes 1 to {@link #MAX_MINUTES}
   */
  LoadMatrix of(ObjectName service, int minutes);

  /**
   * Returns the load of every port, by its EDS name; those that there was no room for are {@link
   * LoadKey#OTHER}.
   *
   * @param minutes 1 to {@link #MAX_MINUTES}
   */
  SortedMap<String, LoadMatrix> byPort(int minutes);
}
