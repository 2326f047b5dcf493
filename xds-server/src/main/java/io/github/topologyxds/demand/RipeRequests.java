package io.github.topologyxds.demand;

import io.github.topologyxds.model.ObjectName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lets requests to a Service count only once all of its clients have had the time to report theirs:
 * the first reports are those of some zone alone, and would stand for a minute.
 */
final class RipeRequests {
  private final long ripe;

  // Owner: the thread of the DemandKeeper.
  private final Map<ObjectName, Long> since = new HashMap<>();

  /** Requests count that were there so long ago. */
  RipeRequests(Duration ripe) {
    this.ripe = ripe.toSeconds();
  }

  /** Returns what counts of it. */
  ReplicaDemand of(ReplicaDemand counted, long now) {
    since.keySet().retainAll(counted.requests().keySet());
    SortedMap<ObjectName, ZoneCounts> ripened = new TreeMap<>();
    counted
        .requests()
        .forEach((service, counts) -> {
          if (now - since.computeIfAbsent(service, s -> now) >= ripe) {
            ripened.put(service, counts);
          }
        });
    return new ReplicaDemand(counted.clients(), counted.users(), ripened);
  }
}
