package io.github.topologyxds.demand;

import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.Collection;
import java.util.HashSet;
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
   * @param now in seconds since 1970
   */
  ReplicaDemand now(long now) throws InterruptedException, TimeoutException, ExecutionException {
    Set<String> zones = nodes.get().stream().map(NodeModel::zone).collect(Collectors.toSet());
    zones.remove("");
    SortedMap<String, Long> connected = new TreeMap<>();
    Set<String> known = new HashSet<>();
    for (ConnectedClient client : clients.all().get(SECONDS, TimeUnit.SECONDS)) {
      // Of several streams of a client, one for each type, one counts.
      if (zones.contains(client.place().zone()) && known.add(client.id())) {
        connected.merge(client.place().zone(), 1L, Long::sum);
      }
    }
    SortedMap<ObjectName, ZoneCounts> requests = new TreeMap<>();
    loads
        .byPort(MINUTES)
        .forEach((port, matrix) -> {
          ResourceNames.service(port)
              .ifPresent(service ->
                  requests.merge(service, requests(matrix, zones, now), ZoneCounts::plus));
        });
    requests.values().removeIf(counts -> counts.total() < ENOUGH);
    return new ReplicaDemand(
        connected.isEmpty() ? ZoneCounts.NONE : new ZoneCounts(connected, now), requests);
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
