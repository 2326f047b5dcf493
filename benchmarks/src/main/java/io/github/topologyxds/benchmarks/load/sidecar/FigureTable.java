package io.github.topologyxds.benchmarks.load.sidecar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures beside their goals, as a table for docs/performance.md. */
final class FigureTable {
  private final List<Row> rows = new ArrayList<>();

  private record Row(String what, String goal, String figure) {}

  /** Adds a figure that is to be as high as a goal at most, both in this unit. */
  void add(String what, double goal, double figure, String unit) {
    String written = String.format(Locale.ROOT, "%.1f %s", figure, unit);
    rows.add(
        new Row(
            what,
            String.format(Locale.ROOT, "%.1f %s", goal, unit),
            figure <= goal ? written : "**" + written + "**"));
  }

  /** Adds a figure without a goal. */
  void add(String what, double figure, String unit) {
    rows.add(new Row(what, "", String.format(Locale.ROOT, "%.1f %s", figure, unit)));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("| what | goal | figure |\n|---|---|---|\n");
    rows.forEach(row ->
        text.append("| ")
            .append(row.what())
            .append(" | ")
            .append(row.goal())
            .append(" | ")
            .append(row.figure())
            .append(" |\n"));
    return text.toString();
  }
}
