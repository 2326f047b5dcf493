package io.github.topologyxds.explanation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a client's requests to one service port go, by zone.
 *
 * @param byZone the share of each zone that gets any, 0..1, "" for endpoints without one
 * @param nowhere the share that finds no endpoint: 0 or 1
 */
public record ZoneShares(SortedMap<String, Double> byZone, double nowhere) {
  public ZoneShares {
    byZone = Collections.unmodifiableSortedMap(new TreeMap<>(byZone));
  }
}
