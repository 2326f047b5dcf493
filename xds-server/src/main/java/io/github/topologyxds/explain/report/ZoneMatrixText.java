package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.explain.ZoneMatrix.OfPort;
import io.github.topologyxds.explain.ZoneMatrix.Row;
import io.github.topologyxds.explain.ZoneMatrix.Rows;
import io.github.topologyxds.explain.report.ExplanationText.Detail;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.model.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Writes the expected matrix of zones for people. */
public final class ZoneMatrixText {
  private static final int BAR = 10;
  private static final int WORST = 10;

  private final Detail detail;
  private final ActingShifts shifts;

  /** Writes so much; the zones that shifts empty are crossed out. */
  public ZoneMatrixText(Detail detail, ActingShifts shifts) {
    this.detail = detail;
    this.shifts = shifts;
  }

  /** Returns the text, each line ended by a line feed. */
  public String write(ZoneMatrix matrix, List<WhatIf> changes) {
    StringBuilder text = new StringBuilder();
    changes.forEach(
        change -> text.append("what if ").append(Finding.quote(change.toString())).append('\n'));
    text.append(shifts.text());
    if (matrix.total().rows().isEmpty()) {
      return text + "there are no Nodes, so there are no clients to expect anything of\n";
    }
    text.append("expected, by request; every Service port and every Node counts alike\n")
        .append(table(matrix.total()))
        .append("crosses zones: ")
        .append(Percent.of(matrix.total().crossZone()))
        .append('\n');
    ports(matrix, text);
    nowhere(matrix, text);
    return text.toString();
  }

  private String table(Rows rows) {
    SortedSet<String> zones = shifts.emptied();
    rows.rows().values().forEach(row -> zones.addAll(row.shares().keySet()));
    List<String> header = new ArrayList<>(List.of("FROM", "NODES"));
    zones.forEach(zone -> header.add("TO " + crossedOut(zone)));
    header.addAll(List.of("NOWHERE", "STAYS"));
    TextTable table = new TextTable(header.toArray(String[]::new));
    rows.rows()
        .forEach((zone, row) -> {
          List<String> cells =
              new ArrayList<>(List.of(crossedOut(zone), String.valueOf(row.clients())));
          zones.forEach(to -> cells.add(Percent.of(row.shares().getOrDefault(to, 0.0))));
          cells.add(row.nowhere() == 0 ? "" : Percent.of(row.nowhere()));
          cells.add(zone.isEmpty() ? "" : bar(row.to(zone)));
          table.row(cells.toArray(String[]::new));
        });
    return table.text();
  }

  /** As a terminal without colours can cross out. */
  private String crossedOut(String zone) {
    return shifts.isEmptied(zone) ? "x" + name(zone) + "x" : name(zone);
  }

  private static String name(String zone) {
    return zone.isEmpty() ? "no zone" : Finding.quote(zone);
  }

  private static String bar(double share) {
    int filled = (int) Math.round(share * BAR);
    return "#".repeat(filled) + ".".repeat(BAR - filled);
  }

  private void ports(ZoneMatrix matrix, StringBuilder text) {
    List<OfPort> crossing =
        matrix.ports().stream().filter(port -> port.rows().crossZone() > 0).toList();
    if (crossing.isEmpty()) {
      return;
    }
    int shown =
        switch (detail) {
          case TABLE -> Math.min(WORST, crossing.size());
          case WIDE -> crossing.size();
        };
    TextTable table = new TextTable("SERVICE PORT", "CROSSES", "BY ZONE OF THE CLIENTS");
    for (OfPort port : crossing.subList(0, shown)) {
      List<String> zones = new ArrayList<>();
      port.rows()
          .rows()
          .forEach((zone, row) -> {
            if (!zone.isEmpty()) {
              zones.add(name(zone) + " " + Percent.of(crossing(zone, row)));
            }
          });
      table.row(port.cluster(), Percent.of(port.rows().crossZone()), String.join(", ", zones));
    }
    text.append('\n').append(table.text());
    if (shown < crossing.size()) {
      text.append("and ").append(crossing.size() - shown).append(" more (-o wide)\n");
    }
  }

  private static double crossing(String zone, Row row) {
    return Math.max(0, 1 - row.nowhere() - row.to(zone));
  }

  private static void nowhere(ZoneMatrix matrix, StringBuilder text) {
    List<String> lines = new ArrayList<>();
    for (OfPort port : matrix.ports()) {
      List<String> zones = new ArrayList<>();
      port.rows()
          .rows()
          .forEach((zone, row) -> {
            if (row.nowhere() > 0) {
              zones.add(name(zone) + (row.nowhere() < 1 ? " " + Percent.of(row.nowhere()) : ""));
            }
          });
      if (!zones.isEmpty()) {
        boolean all = zones.size() == port.rows().rows().size() && isNowhere(port.rows());
        lines.add("  " + port.cluster() + (all ? "" : "   from " + String.join(", ", zones)));
      }
    }
    if (!lines.isEmpty()) {
      text.append("\nrequests that find no endpoint: ")
          .append(lines.size())
          .append(lines.size() == 1 ? " Service port\n" : " Service ports\n")
          .append(String.join("\n", lines))
          .append('\n');
    }
  }

  private static boolean isNowhere(Rows rows) {
    return rows.rows().values().stream().allMatch(row -> row.nowhere() == 1);
  }
}
