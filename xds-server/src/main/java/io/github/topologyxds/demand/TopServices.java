package io.github.topologyxds.demand;

import io.github.topologyxds.model.ObjectName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which Services are told of where there is no room for all: those with the most requests, then
 * those with the most users. Of all others the clients tell.
 */
final class TopServices {
  /** So many Services at most. */
  static final int MAX_SERVICES = 1000;

  /** Who is in makes room only for one with so many times as much, so that no two take turns. */
  private static final long AHEAD = 2;

  private final ReplicaDemand demand;
  private final List<Place> places = new ArrayList<>();

  private enum Kind {
    REQUESTS,
    USERS
  }

  private record Place(ObjectName service, Kind kind, long weight) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::kind)
            .thenComparing(Place::weight, Comparator.reverseOrder())
            .thenComparing(Place::service);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Puts the Services in their order.
   *
   * @param earlier what is told now
   */
  TopServices(ReplicaDemand demand, ReplicaDemand earlier) {
    this.demand = demand;
    add(Kind.REQUESTS, demand.requests(), earlier.requests());
    add(Kind.USERS, demand.users(), earlier.users());
    Collections.sort(places);
  }

  private void add(
      Kind kind,
      SortedMap<ObjectName, ZoneCounts> services,
      SortedMap<ObjectName, ZoneCounts> earlier) {
    services.forEach((service, counts) ->
        places.add(
            new Place(service, kind, counts.total() * (earlier.containsKey(service) ? AHEAD : 1))));
  }

  /** Returns the demand with so many Services at most. */
  ReplicaDemand first(int most) {
    SortedMap<ObjectName, ZoneCounts> requests = new TreeMap<>();
    SortedMap<ObjectName, ZoneCounts> users = new TreeMap<>();
    for (Place place : places.subList(0, Math.min(most, places.size()))) {
      switch (place.kind()) {
        case REQUESTS -> requests.put(place.service(), demand.requests(place.service()));
        case USERS -> users.put(place.service(), demand.users(place.service()));
      }
    }
    return new ReplicaDemand(demand.clients(), users, requests);
  }
}
