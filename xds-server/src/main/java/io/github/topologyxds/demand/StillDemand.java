package io.github.topologyxds.demand;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.NearUse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets what is told of the demand stand still while it moves a little: each change is a push of
 * weights to every client of a Service. It is followed when the shares in force have become too bad
 * for it, and for one Service at most once a minute. Pure.
 *
 * @param uses of the demand, by the Services that it matters to
 */
record StillDemand(Map<ObjectName, Set<NearUse>> uses) {
  private static final long PAUSE = Duration.ofMinutes(1).toSeconds();

  /** What was measured once stands so long while nothing is measured any more. */
  private static final long KEPT = Duration.ofHours(1).toSeconds();

  /**
   * What is told, and by whom.
   *
   * @param own what this replica tells
   * @param others what the others tell together
   */
  record Told(ReplicaDemand own, ReplicaDemand others) {}

  /**
   * Returns what this replica is to tell now: the same where nothing has changed that matters.
   *
   * @param counted what it knows now; each part since now
   * @param now in seconds since 1970
   */
  ReplicaDemand next(Told told, ReplicaDemand counted, long now) {
    SortedSet<ObjectName> services = new TreeSet<>(told.own().requests().keySet());
    services.addAll(counted.requests().keySet());
    SortedMap<ObjectName, ZoneCounts> requests = new TreeMap<>();
    for (ObjectName service : services) {
      ZoneCounts next =
          uses.containsKey(service) ? requests(service, told, counted, now) : ZoneCounts.NONE;
      if (!next.isNone()) {
        requests.put(service, next);
      }
    }
    return new ReplicaDemand(clients(told, counted.clients(), now), requests);
  }

  private ZoneCounts requests(ObjectName service, Told told, ReplicaDemand counted, long now) {
    ZoneCounts own = told.own().requests(service);
    ZoneCounts fresh = counted.requests(service);
    if (fresh.isNone()) {
      return now - own.since() < KEPT ? own : ZoneCounts.NONE;
    }
    if (own.isNone()) {
      return fresh;
    }
    ZoneCounts others = told.others().requests(service);
    return now - own.since() >= PAUSE && isStale(service, others.plus(own), others.plus(fresh))
        ? fresh
        : own;
  }

  private ZoneCounts clients(Told told, ZoneCounts fresh, long now) {
    ZoneCounts own = told.own().clients();
    if (own.isNone() || fresh.isNone()) {
      return fresh.isNone() && now - own.since() < PAUSE ? own : fresh;
    }
    if (now - own.since() < PAUSE) {
      return own;
    }
    ZoneCounts others = told.others().clients();
    ReplicaDemand all = told.own().plus(told.others());
    boolean stale =
        uses.keySet().stream()
            .filter(service -> all.requests(service).isNone())
            .anyMatch(service -> isStale(service, others.plus(own), others.plus(fresh)));
    return stale ? fresh : own;
  }

  private boolean isStale(ObjectName service, ZoneCounts earlier, ZoneCounts now) {
    return uses.getOrDefault(service, Set.of()).stream()
        .anyMatch(use -> use.isStale(earlier.numbers(), now.numbers()));
  }
}
