package io.github.topologyxds.benchmarks.load.compare;

import io.github.topologyxds.benchmarks.load.measured.LoadFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The figures of two commits, run in turn: medians side by side, and whether they are alike. */
final class Comparison {
  private static final double FINE = 0.05;
  private static final double TAIL = 0.20;

  /** Bytes of a first sync: nonces and frames differ in length from run to run. */
  private static final double BYTES = 0.01;

  private final List<LoadFigures> before = new ArrayList<>();
  private final List<LoadFigures> after = new ArrayList<>();

  /** A pair of runs, one right after the other. */
  void add(LoadFigures old, LoadFigures next) {
    before.add(old);
    after.add(next);
  }

  /**
   * One figure that both commits print.
   *
   * @param old its median before
   * @param next its median after
   */
  record Row(String name, double old, double next) {
    /** By how much it may differ, as a part of what it was; empty when it is only shown. */
    Optional<Double> allowed() {
      return switch (name) {
        case "push_cpu_ms", "change_p50_ms" -> Optional.of(FINE);
        case "change_p99_ms" -> Optional.of(TAIL);
        case "change_pushes", "lost_streams" -> Optional.of(0.0);
        case "cold_sync_mb", "warm_sync_mb" -> Optional.of(BYTES);
        default -> Optional.empty();
      };
    }

    double change() {
      return next == old ? 0 : (next - old) / old;
    }

    /** Better is fine; of work, less is as suspicious as more. */
    boolean holds() {
      boolean work = name.endsWith("_pushes") || name.endsWith("_mb");
      double over = work ? Math.abs(change()) : change();
      return allowed().isEmpty() || over <= allowed().get();
    }
  }

  /** Returns the figures that both print, in the order of the newer commit. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    if (!after.isEmpty()) {
      for (String name : after.getFirst().values().keySet()) {
        OptionalDouble old = median(name, before);
        OptionalDouble next = median(name, after);
        if (old.isPresent() && next.isPresent()) {
          rows.add(new Row(name, old.getAsDouble(), next.getAsDouble()));
        }
      }
    }
    return rows;
  }

  /** Returns whether nothing is worse than allowed. */
  boolean holds() {
    return rows().stream().allMatch(Row::holds);
  }

  /** Returns the medians as rows for people. */
  String table() {
    StringBuilder out = new StringBuilder();
    line(out, List.of("median of " + before.size(), "old", "new", "change", "allowed"));
    for (Row row : rows()) {
      String change = String.format(Locale.ROOT, "%+.1f %%", 100 * row.change());
      String allowed =
          row.allowed()
              .map(part ->
                  String.format(Locale.ROOT, "%.0f %%", 100 * part) + (row.holds() ? "" : " OVER"))
              .orElse("");
      line(out, List.of(row.name(), number(row.old()), number(row.next()), change, allowed));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(String.format(Locale.ROOT, "%-28s %12s %12s %9s  %s", cells.toArray()).strip())
        .append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.4f" : "%.2f", value);
  }

  private static OptionalDouble median(String name, List<LoadFigures> runs) {
    double[] sorted =
        runs.stream()
            .filter(run -> run.values().containsKey(name))
            .mapToDouble(run -> run.values().getOrDefault(name, 0.0))
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }
}
