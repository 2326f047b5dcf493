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
 * @param users of each Service, of the clients that choose theirs
 * @param requests of the last minutes to each Service, where there were enough
 */
record ReplicaDemand(
    ClientCounts clients,
    SortedMap<ObjectName, ZoneCounts> users,
    SortedMap<ObjectName, ZoneCounts> requests) {
  static final ReplicaDemand NONE =
      new ReplicaDemand(
          ClientCounts.NONE, Collections.emptySortedMap(), Collections.emptySortedMap());

  ReplicaDemand {
    users = Collections.unmodifiableSortedMap(new TreeMap<>(users));
    requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
  }

  /** Returns what both know together. */
  ReplicaDemand plus(ReplicaDemand other) {
    return new ReplicaDemand(
        clients.plus(other.clients), sum(users, other.users), sum(requests, other.requests));
  }

  private static SortedMap<ObjectName, ZoneCounts> sum(
      SortedMap<ObjectName, ZoneCounts> one, SortedMap<ObjectName, ZoneCounts> other) {
    SortedMap<ObjectName, ZoneCounts> both = new TreeMap<>(one);
    other.forEach((service, counts) -> both.merge(service, counts, ZoneCounts::plus));
    return both;
  }

  ZoneCounts users(ObjectName service) {
    return users.getOrDefault(service, ZoneCounts.NONE);
  }

  ZoneCounts requests(ObjectName service) {
    return requests.getOrDefault(service, ZoneCounts.NONE);
  }

  /** Returns the best that is known of the demand on a Service; unknown: nothing is. */
  Demand of(ObjectName service) {
    if (requests.containsKey(service)) {
      return demand(Demand.Source.MEASURED_REQUESTS, requests(service));
    }
    return users.containsKey(service)
        ? demand(Demand.Source.CLIENTS_OF_SERVICE, clients.any().plus(users(service)))
        : ofOthers();
  }

  /** The demand on Services that nobody names: of clients that name theirs they have none. */
  private Demand ofOthers() {
    if (clients.any().isNone()) {
      return demand(Demand.Source.CLIENTS, clients.choosing());
    }
    return demand(
        clients.choosing().isNone() ? Demand.Source.CLIENTS : Demand.Source.CLIENTS_OF_SERVICE,
        clients.any());
  }

  /** Returns the same as routing reads it. */
  KnownDemand known() {
    SortedMap<ObjectName, Demand> ofServices = new TreeMap<>();
    users.keySet().forEach(service -> ofServices.put(service, of(service)));
    requests.keySet().forEach(service -> ofServices.put(service, of(service)));
    return new KnownDemand(ofOthers(), ofServices);
  }

  private static Demand demand(Demand.Source source, ZoneCounts counts) {
    return counts.isNone()
        ? Demand.UNKNOWN
        : new Demand(source, counts.byZone(), Instant.ofEpochSecond(counts.since()).toString());
  }
}
