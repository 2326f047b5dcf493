package io.github.topologyxds.demand;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.state.KnownDemand;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one replica knows of the demand, or several together.
 *
 * @param clients that are connected
 * @param requests of the last minutes to each Service, where there were enough
 */
record ReplicaDemand(ZoneCounts clients, SortedMap<ObjectName, ZoneCounts> requests) {
  static final ReplicaDemand NONE =
      new ReplicaDemand(ZoneCounts.NONE, Collections.emptySortedMap());

  ReplicaDemand {
    requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
  }

  /** Returns what both know together. */
  ReplicaDemand plus(ReplicaDemand other) {
    SortedMap<ObjectName, ZoneCounts> both = new TreeMap<>(requests);
    other.requests.forEach((service, counts) -> both.merge(service, counts, ZoneCounts::plus));
    return new ReplicaDemand(clients.plus(other.clients), both);
  }

  ZoneCounts requests(ObjectName service) {
    return requests.getOrDefault(service, ZoneCounts.NONE);
  }

  /** Returns the same as routing reads it. */
  KnownDemand known() {
    SortedMap<ObjectName, Demand> measured = new TreeMap<>();
    requests.forEach((service, counts) ->
        measured.put(service, demand(Demand.Source.MEASURED_REQUESTS, counts)));
    return new KnownDemand(demand(Demand.Source.CLIENTS, clients), measured);
  }

  private static Demand demand(Demand.Source source, ZoneCounts counts) {
    return counts.isNone()
        ? Demand.UNKNOWN
        : new Demand(source, counts.byZone(), Instant.ofEpochSecond(counts.since()).toString());
  }
}
