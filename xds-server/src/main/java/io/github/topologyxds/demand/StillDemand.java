package io.github.topologyxds.demand;

import io.github.topologyxds.model.Demand;
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
  record Told(ReplicaDemand own, ReplicaDemand others) {
    ReplicaDemand all() {
      return own.plus(others);
    }
  }

  /**
   * One number of a Service in three places.
   *
   * @param own what this replica tells of it
   * @param fresh what it has counted now
   * @param others what the others tell of it, and what counts beside it
   */
  private record Part(ZoneCounts own, ZoneCounts fresh, ZoneCounts others) {}

  /**
   * Returns what this replica is to tell now: the same where nothing has changed that matters.
   *
   * @param counted what it knows now; each part since now
   * @param now in seconds since 1970
   */
  ReplicaDemand next(Told told, ReplicaDemand counted, long now) {
    ReplicaDemand all = told.all();
    SortedMap<ObjectName, ZoneCounts> requests = new TreeMap<>();
    for (ObjectName service : services(told.own().requests(), counted.requests())) {
      put(requests, service, requests(service, told, counted, now));
    }
    SortedMap<ObjectName, ZoneCounts> users = new TreeMap<>();
    for (ObjectName service : services(told.own().users(), counted.users())) {
      if (!requests.containsKey(service) && !all.requests().containsKey(service)) {
        put(users, service, users(service, told, counted, now));
      }
    }
    return new ReplicaDemand(clients(told, counted.clients(), now), users, requests);
  }

  private SortedSet<ObjectName> services(
      SortedMap<ObjectName, ZoneCounts> told, SortedMap<ObjectName, ZoneCounts> counted) {
    SortedSet<ObjectName> services = new TreeSet<>(told.keySet());
    services.addAll(counted.keySet());
    services.removeIf(service -> !uses.containsKey(service));
    return services;
  }

  private static void put(
      SortedMap<ObjectName, ZoneCounts> told, ObjectName service, ZoneCounts counts) {
    if (!counts.isNone()) {
      told.put(service, counts);
    }
  }

  private ZoneCounts requests(ObjectName service, Told told, ReplicaDemand counted, long now) {
    ZoneCounts own = told.own().requests(service);
    ZoneCounts fresh = counted.requests(service);
    if (fresh.isNone()) {
      return now - own.since() < KEPT ? own : ZoneCounts.NONE;
    }
    return next(service, new Part(own, fresh, told.others().requests(service)), now);
  }

  private ZoneCounts users(ObjectName service, Told told, ReplicaDemand counted, long now) {
    ZoneCounts own = told.own().users(service);
    ZoneCounts fresh = counted.users(service);
    if (fresh.isNone()) {
      return isPaused(own.since(), now) ? own : ZoneCounts.NONE;
    }
    ZoneCounts others = told.others().users(service);
    // As soon as somebody uses it by name, that is known better than who is there.
    return own.isNone() && others.isNone()
        ? fresh
        : next(service, new Part(own, fresh, others.plus(told.all().clients().any())), now);
  }

  /** What a replica has to tell it tells, though it changes little: others may go. */
  private ZoneCounts next(ObjectName service, Part part, long now) {
    ZoneCounts before = part.others().plus(part.own());
    ZoneCounts after = part.others().plus(part.fresh());
    boolean news = part.own().isNone() || isStale(service, before, after);
    return news && !isPaused(before.since(), now) ? part.fresh() : part.own();
  }

  private ClientCounts clients(Told told, ClientCounts fresh, long now) {
    ClientCounts own = told.own().clients();
    if (fresh.isNone()) {
      // Theirs stand until somebody else tells: without any, it would be the Nodes' CPU for a look.
      long kept = told.others().clients().isNone() ? KEPT : PAUSE;
      return now - own.since() < kept ? own : fresh;
    }
    ReplicaDemand before = told.all();
    ReplicaDemand after =
        new ReplicaDemand(told.others().clients().plus(fresh), before.users(), before.requests());
    if (isPaused(before.clients().since(), now)) {
      return own;
    }
    boolean news =
        own.isNone()
            || uses.keySet().stream()
                .filter(service -> before.requests(service).isNone())
                .anyMatch(service ->
                    isStale(service, counts(before.of(service)), counts(after.of(service))));
    return news ? fresh : own;
  }

  private static ZoneCounts counts(Demand demand) {
    return new ZoneCounts(demand.byZone(), 0);
  }

  /** Whoever told it last, and even if his clock is not ours. */
  private static boolean isPaused(long since, long now) {
    return Math.abs(now - since) < PAUSE;
  }

  private boolean isStale(ObjectName service, ZoneCounts earlier, ZoneCounts now) {
    return uses.getOrDefault(service, Set.of()).stream()
        .anyMatch(use -> use.isStale(earlier.numbers(), now.numbers()));
  }
}
