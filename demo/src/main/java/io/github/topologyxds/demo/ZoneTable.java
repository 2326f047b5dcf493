package io.github.topologyxds.demo;

import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.load.LoadMatrix;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who got whose requests, by the backends' own counters or by what Envoys report.
 *
 * @param clients the rows, in this order: the zones they are in, or what else they are called
 * @param zones of backends, the columns
 * @param counts client to backend zone to requests
 */
public record ZoneTable(
    List<String> clients, List<String> zones, Map<String, Map<String, Long>> counts) {
  private static final int WIDTH = 16;

  /** A client in each zone. */
  ZoneTable(List<String> zones, Map<String, Map<String, Long>> counts) {
    this(zones, zones, counts);
  }

  /** Reads the counters of all backends; requests of unknown clients are left out. */
  public static ZoneTable of(
      List<String> clients, List<String> zones, Collection<EchoBackend> backends) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (EchoBackend backend : backends) {
      String zone = backend.spec().zone();
      backend
          .requestsByClient()
          .forEach((client, requests) ->
              counts
                  .computeIfAbsent(client, unused -> new TreeMap<>())
                  .merge(zone, requests, Long::sum));
    }
    return new ZoneTable(clients, zones, counts);
  }

  /** Reads what Envoys have reported; requests from or to elsewhere are left out. */
  static ZoneTable of(List<String> zones, LoadMatrix reported) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (String client : zones) {
      Map<String, Long> row = counts.computeIfAbsent(client, unused -> new TreeMap<>());
      zones.forEach(zone -> row.put(zone, reported.between(client, zone).requests()));
    }
    return new ZoneTable(zones, counts);
  }

  /** Returns how many requests of a client went to backends of a zone. */
  public long count(String client, String backend) {
    return counts.getOrDefault(client, Map.of()).getOrDefault(backend, 0L);
  }

  /** Returns how many requests of a client went to any of the zones. */
  public long row(String client) {
    return zones.stream().mapToLong(backend -> count(client, backend)).sum();
  }

  /** Returns how many requests went from anywhere to anywhere. */
  public long total() {
    return clients.stream().mapToLong(this::row).sum();
  }

  /** Share of a client's requests that went to a backend zone, 0 to 1. */
  public double share(String client, String backend) {
    long row = row(client);
    return row == 0 ? 0 : (double) count(client, backend) / row;
  }

  /** For people: a line of heads, then a line for each client. */
  public String text() {
    StringBuilder text = new StringBuilder(pad("from \\ to"));
    zones.forEach(zone -> text.append(pad(zone)));
    for (String client : clients) {
      text.append('\n').append(pad(client));
      for (String backend : zones) {
        text.append(
            pad("%d (%.1f%%)".formatted(count(client, backend), 100 * share(client, backend))));
      }
    }
    return text.toString().replaceAll("(?m) +$", "") + "\n";
  }

  private static String pad(String cell) {
    return String.format("%-" + WIDTH + "s", cell);
  }
}
