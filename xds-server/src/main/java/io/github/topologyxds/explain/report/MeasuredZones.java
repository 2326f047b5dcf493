package io.github.topologyxds.explain.report;

import io.github.topologyxds.load.LoadCounts;
import io.github.topologyxds.load.LoadKey;
import io.github.topologyxds.load.LoadMatrix;
import io.github.topologyxds.model.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much of the requests did cross zones, as proxies have reported it: what stands beside the
 * expected matrix. The names are stable, docs/explain.md has them.
 *
 * @param load of all Services together
 * @param minutes that were asked for
 */
public record MeasuredZones(LoadMatrix load, int minutes) {
  /** One zone's clients, of whom there is a report. */
  private record Row(String zone, LoadCounts all, SortedMap<String, Double> shares) {
    double stays() {
      return zone.equals(LoadKey.UNKNOWN) ? 0 : shares.getOrDefault(zone, 0.0);
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String from : load.zones()) {
      LoadCounts all = load.from(from);
      if (all.requests() + all.errors() == 0) {
        continue;
      }
      SortedMap<String, Double> shares = new TreeMap<>();
      for (String to : load.zones()) {
        long requests = load.between(from, to).requests();
        if (requests > 0) {
          shares.put(to, (double) requests / all.requests());
        }
      }
      rows.add(new Row(from, all, shares));
    }
    return rows;
  }

  /** Reads what {@link #write} has written. */
  public static MeasuredZones read(JsonNode node) {
    SortedMap<LoadMatrix.Cell, LoadCounts> cells = new TreeMap<>();
    for (JsonNode row : node.path("rows")) {
      String from = row.path("zone").asString("");
      long requests = row.path("requests").asLong(0);
      row.path("zones")
          .properties()
          .forEach(to ->
              cells.put(
                  new LoadMatrix.Cell(from, to.getKey(), 0),
                  new LoadCounts(Math.round(to.getValue().asDouble(0) * requests), 0, 0)));
      // Of a row's errors nobody has written where they went.
      cells.merge(
          new LoadMatrix.Cell(from, LoadKey.UNKNOWN, 0),
          new LoadCounts(0, row.path("errors").asLong(0), 0),
          LoadCounts::plus);
    }
    return new MeasuredZones(
        new LoadMatrix(node.path("seconds").asLong(0), cells, 0), node.path("minutes").asInt(0));
  }

  /** Returns what proxies have reported to one server and to another. */
  public MeasuredZones plus(MeasuredZones other) {
    return new MeasuredZones(load.plus(other.load), minutes);
  }

  /** Writes it into an object. */
  public void write(ObjectNode node) {
    node.put("minutes", minutes);
    node.put("seconds", load.seconds());
    node.put("requests", load.total().requests());
    node.put("errors", load.total().errors());
    node.put("crossZone", load.crossZoneShare());
    ArrayNode rows = node.putArray("rows");
    for (Row row : rows()) {
      ObjectNode one = rows.addObject();
      one.put("zone", Finding.quote(row.zone()));
      one.put("requests", row.all().requests());
      one.put("errors", row.all().errors());
      one.put("stays", row.stays());
      ObjectNode zones = one.putObject("zones");
      row.shares().forEach((to, share) -> zones.put(Finding.quote(to), share));
    }
  }

  /** Returns the text, each line ended by a line feed. */
  public String text() {
    List<Row> rows = rows();
    if (rows.isEmpty()) {
      return "measured: no proxy has reported a request in the last " + minutes + " minutes\n";
    }
    SortedSet<String> zones = new TreeSet<>();
    rows.forEach(row -> zones.addAll(row.shares().keySet()));
    List<String> header = new ArrayList<>(List.of("FROM", "REQUESTS", "ERRORS"));
    zones.forEach(zone -> header.add("TO " + Finding.quote(zone)));
    header.add("STAYS");
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(Finding.quote(row.zone()));
      cells.add(String.valueOf(row.all().requests()));
      cells.add(String.valueOf(row.all().errors()));
      zones.forEach(to -> cells.add(Percent.of(row.shares().getOrDefault(to, 0.0))));
      cells.add(Percent.of(row.stays()));
      table.row(cells.toArray(String[]::new));
    }
    return String.format(
        Locale.ROOT,
        "measured, by what proxies have reported in %d:%02d minutes\n%scrosses zones: %s\n",
        load.seconds() / 60,
        load.seconds() % 60,
        table.text(),
        Percent.of(load.crossZoneShare()));
  }
}
