package io.github.topologyxds.demand;

import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.session.status.ClientUse;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts what this replica's own clients tell of the demand. Only zones of Nodes count: a client
 * may say anything of itself.
 *
 * @param nodes that there are now
 */
public record DemandCounter(
    ConnectedClients clients, MeasuredLoad loads, Supplier<Collection<NodeModel>> nodes) {
  /** Requests of so many minutes count, and of the one that runs. */
  private static final int MINUTES = 5;

  /** Fewer requests tell too little: of 100, a zone's part is right to 5 points (one sigma). */
  private static final long ENOUGH = 100;

  /** Loops that do not answer in this time are stuck, or the server stops. */
  private static final int SECONDS = 5;

  /**
   * Counts.
   *
   * @param services whose users are asked for
   * @param now in seconds since 1970
   */
  ReplicaDemand now(Set<ObjectName> services, long now)
      throws InterruptedException, TimeoutException, ExecutionException {
    Set<String> zones = nodes.get().stream().map(NodeModel::zone).collect(Collectors.toSet());
    zones.remove("");
    Clients counted = new Clients(now);
    // Of several streams of a client, one for each type, one counts: that which asks for the most.
    Map<String, ClientUse> byId = new HashMap<>();
    for (ClientUse client : clients.uses().get(SECONDS, TimeUnit.SECONDS)) {
      if (zones.contains(client.zone())) {
        byId.merge(client.id(), client, DemandCounter::wider);
      }
    }
    byId.values().forEach(counted::add);
    SortedMap<ObjectName, ZoneCounts> requests = new TreeMap<>();
    loads
        .byPort(MINUTES)
        .forEach((port, matrix) -> {
          ResourceNames.service(port)
              .ifPresent(service ->
                  requests.merge(service, requests(matrix, zones, now), ZoneCounts::plus));
        });
    requests.values().removeIf(counts -> counts.total() < ENOUGH);
    return new ReplicaDemand(counted.counts(), counted.users(services), requests);
  }

  private static ClientUse wider(ClientUse one, ClientUse other) {
    if (one.services() instanceof ClientUse.Named(Set<ObjectName> names)
        && other.services() instanceof ClientUse.Named(Set<ObjectName> others)) {
      return names.size() >= others.size() ? one : other;
    }
    return one.services() instanceof ClientUse.Named ? other : one;
  }

  /** Clients by what they use: many are alike. */
  private static final class Clients {
    private final long now;
    private final Map<ClientUse.Services, SortedMap<String, Long>> byUse = new HashMap<>();

    Clients(long now) {
      this.now = now;
    }

    void add(ClientUse client) {
      byUse
          .computeIfAbsent(client.services(), use -> new TreeMap<>())
          .merge(client.zone(), 1L, Long::sum);
    }

    ClientCounts counts() {
      ClientCounts all = ClientCounts.NONE;
      for (var clients : byUse.entrySet()) {
        ZoneCounts counts = new ZoneCounts(clients.getValue(), now);
        all =
            all.plus(
                clients.getKey().choose()
                    ? new ClientCounts(ZoneCounts.NONE, counts)
                    : new ClientCounts(counts, ZoneCounts.NONE));
      }
      return all;
    }

    SortedMap<ObjectName, ZoneCounts> users(Set<ObjectName> services) {
      SortedMap<ObjectName, ZoneCounts> users = new TreeMap<>();
      byUse.forEach((use, byZone) -> {
        if (use.choose()) {
          ZoneCounts counts = new ZoneCounts(byZone, now);
          services.stream()
              .filter(use::cover)
              .forEach(service -> users.merge(service, counts, ZoneCounts::plus));
        }
      });
      return users;
    }
  }

  private static ZoneCounts requests(LoadMatrix matrix, Set<String> zones, long now) {
    SortedMap<String, Long> byZone = new TreeMap<>();
    for (String zone : matrix.zones()) {
      long requests = matrix.from(zone).requests();
      if (requests > 0 && zones.contains(zone)) {
        byZone.put(zone, requests);
      }
    }
    return byZone.isEmpty() ? ZoneCounts.NONE : new ZoneCounts(byZone, now);
  }
}
