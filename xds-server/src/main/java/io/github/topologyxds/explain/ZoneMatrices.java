package io.github.topologyxds.explain;

import io.github.topologyxds.explain.ZoneMatrix.OfPort;
import io.github.topologyxds.explain.ZoneMatrix.Row;
import io.github.topologyxds.explain.ZoneMatrix.Rows;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.ZoneShares;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Works out the expected matrix of zones: the share of every client at every port, added up. */
final class ZoneMatrices {
  private final ClientPlaces clients;

  ZoneMatrices(ClientPlaces clients) {
    this.clients = clients;
  }

  /**
   * Where the requests of one port go.
   *
   * @param crossZone the share of them that does not stay in its zone, by which ports are sorted:
   *     worked out once, as a thousand ports are compared ten thousand times
   */
  record PortSums(OfPort port, Sums sums, double crossZone) {
    PortSums(OfPort port, Sums sums) {
      this(port, sums, port.rows().crossZone());
    }
  }

  /** Returns the sums of a Service's ports; they are independent of other Services. */
  List<PortSums> of(ExplainedService service) {
    List<PortSums> ports = new ArrayList<>();
    for (PortTranslation port : service.ports()) {
      Sums sums = sums(service, port);
      OfPort rows = new OfPort(service.name(), port.cluster().name(), sums.rows(clients.byZone()));
      ports.add(new PortSums(rows, sums));
    }
    return ports;
  }

  /** Adds up the ports of all Services. */
  ZoneMatrix matrix(List<List<PortSums>> services) {
    List<PortSums> ports = new ArrayList<>();
    Sums total = new Sums();
    for (List<PortSums> service : services) {
      for (PortSums port : service) {
        ports.add(port);
        if (port.sums().reachable()) {
          total.add(port.sums());
        }
      }
    }
    ports.sort(
        Comparator.comparingDouble((PortSums port) -> -port.crossZone())
            .thenComparing(port -> port.port().cluster()));
    return new ZoneMatrix(
        total.rows(clients.byZone()), ports.stream().map(PortSums::port).toList());
  }

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
    private final TreeMap<String, TreeMap<String, Double>> byZone = new TreeMap<>();
    private final TreeMap<String, Double> nowhere = new TreeMap<>();

    private void add(String from, ZoneShares shares, int clients) {
      TreeMap<String, Double> row = byZone.computeIfAbsent(from, zone -> new TreeMap<>());
      shares.byZone().forEach((to, share) -> row.merge(to, share * clients, Double::sum));
      nowhere.merge(from, shares.nowhere() * clients, Double::sum);
    }

    private void add(Sums other) {
      other.byZone.forEach((from, shares) -> {
        TreeMap<String, Double> row = byZone.computeIfAbsent(from, zone -> new TreeMap<>());
        shares.forEach((to, share) -> row.merge(to, share, Double::sum));
      });
      other.nowhere.forEach((from, share) -> nowhere.merge(from, share, Double::sum));
    }

    private boolean reachable() {
      return byZone.values().stream().anyMatch(row -> !row.isEmpty());
    }

    private Rows rows(SortedMap<String, Integer> count) {
      SortedMap<String, Row> rows = new TreeMap<>();
      count.forEach((zone, number) -> {
        TreeMap<String, Double> shares = new TreeMap<>(byZone.getOrDefault(zone, new TreeMap<>()));
        double lost = nowhere.getOrDefault(zone, 0.0);
        double all = lost + shares.values().stream().mapToDouble(share -> share).sum();
        shares.replaceAll((to, share) -> all == 0 ? 0 : share / all);
        rows.put(zone, new Row(number, shares, all == 0 ? 0 : lost / all));
      });
      return new Rows(rows);
    }
  }
}
