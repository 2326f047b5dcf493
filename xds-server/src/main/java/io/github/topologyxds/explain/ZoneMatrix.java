package io.github.topologyxds.explain;

import io.github.topologyxds.model.ObjectName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of the requests is expected to cross zones: for each zone of clients the share that goes
 * to each zone of endpoints. Every Service port counts alike, every client of a zone likewise.
 *
 * @param total over all ports that can be reached
 * @param ports one by one, what crosses most first
 */
public record ZoneMatrix(Rows total, List<OfPort> ports) {
  public ZoneMatrix {
    ports = List.copyOf(ports);
  }

  /** Returns the same with so many ports at most, those that cross most. */
  public ZoneMatrix withPorts(int most) {
    return new ZoneMatrix(total, ports.subList(0, Math.min(most, ports.size())));
  }

  /**
   * One matrix.
   *
   * @param rows by the zone of the clients, "" for those without one
   */
  public record Rows(SortedMap<String, Row> rows) {
    public Rows {
      rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /** Returns the share of all requests that does not stay in its zone, 0..1, by clients. */
    public double crossZone() {
      double crossing = 0;
      double clients = 0;
      for (var row : rows.entrySet()) {
        double reached = row.getValue().reached();
        crossing += row.getValue().clients() * (reached - row.getValue().to(row.getKey()));
        clients += row.getValue().clients() * reached;
      }
      return clients == 0 ? 0 : crossing / clients;
    }
  }

  /**
   * Where the requests of one zone's clients go.
   *
   * @param clients how many there are
   * @param shares by the zone of the endpoints, "" for those without one; 0..1
   * @param nowhere the share that finds no endpoint, 0..1; with the others it makes 1
   */
  public record Row(int clients, SortedMap<String, Double> shares, double nowhere) {
    public Row {
      shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    /** Returns the share that goes to a zone; "" is none that anything could stay in. */
    public double to(String zone) {
      return zone.isEmpty() ? 0 : shares.getOrDefault(zone, 0.0);
    }

    double reached() {
      return 1 - nowhere;
    }
  }

  /**
   * One port's matrix.
   *
   * @param cluster {@code namespace/service:port}
   */
  public record OfPort(ObjectName service, String cluster, Rows rows) {
    /** Returns whether some clients reach an endpoint and others do not, or none does. */
    public boolean anyNowhere() {
      return rows.rows().values().stream().anyMatch(row -> row.nowhere() > 0);
    }
  }
}
