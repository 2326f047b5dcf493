package io.github.topologyxds.demand;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted by the zone of the clients.
 *
 * @param byZone positive
 * @param since when it was counted, in seconds since 1970
 */
record ZoneCounts(SortedMap<String, Long> byZone, long since) {
  static final ZoneCounts NONE = new ZoneCounts(new TreeMap<>(), 0);

  ZoneCounts {
    byZone = Collections.unmodifiableSortedMap(new TreeMap<>(byZone));
  }

  boolean isNone() {
    return byZone.isEmpty();
  }

  /** Returns both together; it is as old as the younger one. */
  ZoneCounts plus(ZoneCounts other) {
    if (isNone() || other.isNone()) {
      return isNone() ? other : this;
    }
    SortedMap<String, Long> both = new TreeMap<>(byZone);
    other.byZone.forEach((zone, count) -> both.merge(zone, count, Long::sum));
    return new ZoneCounts(both, Math.max(since, other.since));
  }

  long total() {
    return byZone.values().stream().mapToLong(count -> count).sum();
  }

  /** Returns the counts as numbers that shares are made of. */
  SortedMap<String, Double> numbers() {
    SortedMap<String, Double> numbers = new TreeMap<>();
    byZone.forEach((zone, count) -> numbers.put(zone, (double) count));
    return numbers;
  }
}
