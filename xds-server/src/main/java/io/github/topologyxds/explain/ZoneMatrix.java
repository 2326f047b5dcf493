package io.github.topologyxds.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much crosses zones, as expected: the mean over all Service ports, each of which counts the
 * same.
 *
 * @param to the zones that get any requests, sorted, "" for endpoints without a zone
 * @param rows by the client's zone, "" last
 */
public record ZoneMatrix(SortedSet<String> to, List<Row> rows) {
  /**
   * A client's zone.
   *
   * @param ports how many service ports are counted
   * @param nowhere the share of requests that find no endpoint
   * @param to the share of each zone that gets any, 0..1
   */
  public record Row(String from, int ports, double nowhere, SortedMap<String, Double> to) {
    public Row {
      to = Collections.unmodifiableSortedMap(new TreeMap<>(to));
    }

    /** Returns the share that stays in the zone; 0 where that is not known. */
    public double stays() {
      return from.isEmpty() ? 0 : to.getOrDefault(from, 0.0);
    }

    /** Returns the share that goes to endpoints of other zones, or of none. */
    public double leaves() {
      return to.values().stream().mapToDouble(Double::doubleValue).sum() - stays();
    }
  }

  /** Returns the matrix of these Services. */
  public static ZoneMatrix of(List<String> zones, List<ServiceSummary> services) {
    SortedSet<String> to = new TreeSet<>();
    List<Row> rows = new ArrayList<>();
    for (String zone : zones) {
      Row row = row(zone, services);
      to.addAll(row.to().keySet());
      rows.add(row);
    }
    return new ZoneMatrix(to, rows);
  }

  private static Row row(String zone, List<ServiceSummary> services) {
    int ports = 0;
    double nowhere = 0;
    SortedMap<String, Double> sums = new TreeMap<>();
    for (ServiceSummary service : services) {
      for (ServiceSummary.Port port : service.ports()) {
        for (ServiceSummary.FromZone from : port.from()) {
          if (from.zone().equals(zone)) {
            ports++;
            nowhere += from.nowhere();
            from.to().forEach((there, share) -> sums.merge(there, share, Double::sum));
          }
        }
      }
    }
    int counted = Math.max(1, ports);
    sums.replaceAll((there, sum) -> sum / counted);
    return new Row(zone, ports, nowhere / counted, sums);
  }
}
