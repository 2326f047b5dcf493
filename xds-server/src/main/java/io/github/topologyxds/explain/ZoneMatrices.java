package io.github.topologyxds.explain;

import io.github.topologyxds.explain.ZoneMatrix.OfPort;
import io.github.topologyxds.explain.ZoneMatrix.Row;
import io.github.topologyxds.explain.ZoneMatrix.Rows;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.ZoneShares;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Works out where the requests of each Service go: the share of every client at every port. */
final class ZoneMatrices {
  private final ClientPlaces clients;

  ZoneMatrices(ClientPlaces clients) {
    this.clients = clients;
  }

  /** Where the requests of one port go, which is {@code namespace/service:port}. */
  record PortSums(String cluster, Sums sums) {}

  /**
   * Where the requests of a Service's ports go.
   *
   * @param sum over those ports that can be reached
   */
  record ServiceSums(ObjectName service, List<PortSums> ports, Sums sum) {}

  /** Returns the sums of a Service; they are independent of other Services. */
  ServiceSums of(ExplainedService service) {
    List<PortSums> ports = new ArrayList<>();
    Sums sum = new Sums();
    for (PortTranslation port : service.ports()) {
      Sums sums = sums(service, port);
      ports.add(new PortSums(port.cluster().name(), sums));
      if (sums.reachable()) {
        sum.add(sums);
      }
    }
    return new ServiceSums(service.name(), ports, sum);
  }

  /** Returns the ports one by one, those first that cross most. */
  List<OfPort> ports(List<ServiceSums> services) {
    List<Crossing> ports = new ArrayList<>();
    for (ServiceSums service : services) {
      for (PortSums port : service.ports()) {
        Rows rows = port.sums().rows(clients.byZone());
        ports.add(
            new Crossing(new OfPort(service.service(), port.cluster(), rows), rows.crossZone()));
      }
    }
    ports.sort(
        Comparator.comparingDouble((Crossing port) -> -port.share())
            .thenComparing(port -> port.port().cluster()));
    return ports.stream().map(Crossing::port).toList();
  }

  /** Worked out once, as a thousand ports are compared ten thousand times. */
  private record Crossing(OfPort port, double share) {}

  /** Clients whose views reduce to the same get the same, and are asked for once. */
  private Sums sums(ExplainedService service, PortTranslation port) {
    Map<ClientView, ZoneShares> known = new HashMap<>();
    Sums sums = new Sums();
    clients
        .of(port)
        .forEach((view, count) ->
            sums.add(
                view.zone(),
                known.computeIfAbsent(port.reduce(view), reduced -> service.shares(port, reduced)),
                count));
    return sums;
  }

  /** Requests by the zones of clients and endpoints; one client's requests of one port make 1. */
  static final class Sums {
    private final Map<String, Map<String, Double>> byZone = new HashMap<>();
    private final Map<String, Double> nowhere = new HashMap<>();

    private void add(String from, ZoneShares shares, int clients) {
      Map<String, Double> row = byZone.computeIfAbsent(from, zone -> new HashMap<>());
      shares.byZone().forEach((to, share) -> row.merge(to, share * clients, Double::sum));
      nowhere.merge(from, shares.nowhere() * clients, Double::sum);
    }

    /** Adds another, which stays what it is. */
    void add(Sums other) {
      other.byZone.forEach((from, shares) -> {
        Map<String, Double> row = byZone.computeIfAbsent(from, zone -> new HashMap<>());
        shares.forEach((to, share) -> row.merge(to, share, Double::sum));
      });
      other.nowhere.forEach((from, share) -> nowhere.merge(from, share, Double::sum));
    }

    private boolean reachable() {
      return byZone.values().stream().anyMatch(row -> !row.isEmpty());
    }

    /** Returns the shares, for clients of these zones. */
    Rows rows(SortedMap<String, Integer> count) {
      SortedMap<String, Row> rows = new TreeMap<>();
      count.forEach((zone, number) -> {
        TreeMap<String, Double> shares = new TreeMap<>(byZone.getOrDefault(zone, Map.of()));
        double lost = nowhere.getOrDefault(zone, 0.0);
        double all = lost + shares.values().stream().mapToDouble(share -> share).sum();
        shares.replaceAll((to, share) -> all == 0 ? 0 : share / all);
        rows.put(zone, new Row(number, shares, all == 0 ? 0 : lost / all));
      });
      return new Rows(rows);
    }
  }
}
