package io.github.topologyxds.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs without and with the neighbour, or who lists, in turn, so that what else the machine does
 * meets both, and compares the medians: what the others notice of them.
 */
final class LoadPairs {
  private static final List<String> COMPARED =
      List.of(
          "change_p50_ms",
          "change_p99_ms",
          "rate_p50_ms",
          "rate_p99_ms",
          "cold_sync_mb",
          "rss_mib");

  private final List<Map<String, Object>> without = new ArrayList<>();
  private final List<Map<String, Object>> with = new ArrayList<>();

  private LoadPairs() {}

  /** Returns the comparison, one line for each figure, and a row for docs/performance.md. */
  static String run(LoadPlan plan, int pairs, Consumer<String> progress)
      throws IOException, InterruptedException {
    LoadPairs measured = new LoadPairs();
    for (int pair = 0; pair < pairs; pair++) {
      progress.accept("pair " + (pair + 1) + " of " + pairs);
      measured.without.add(complete(plan.without(), progress));
      measured.with.add(complete(plan, progress));
    }
    return measured.table(plan);
  }

  private static Map<String, Object> complete(LoadPlan plan, Consumer<String> progress)
      throws IOException, InterruptedException {
    LoadReport report = LoadRun.run(plan, progress);
    if (!report.complete()) {
      throw new IOException("a run was not complete");
    }
    return report.figures();
  }

  private String table(LoadPlan plan) {
    StringBuilder out = new StringBuilder();
    StringBuilder row =
        new StringBuilder(
            "| %,d Services, %,d clients, beside %s |"
                .formatted(plan.world().services(), plan.clients(), plan.beside()));
    for (String figure : COMPARED) {
      if (without.getFirst().containsKey(figure)) {
        double before = median(without, figure);
        double after = median(with, figure);
        String change = "%+.1f %%".formatted(100 * (after / before - 1));
        out.append(
            String.format(Locale.ROOT, "%-16s %10.2f %10.2f  %s%n", figure, before, after, change));
        row.append(
            String.format(Locale.ROOT, " %s %.1f → %.1f (%s);", figure, before, after, change));
      }
    }
    return "figure              without       with\n" + out + row + " |\n";
  }

  private static double median(List<Map<String, Object>> runs, String figure) {
    double[] sorted =
        runs.stream()
            .mapToDouble(run -> run.get(figure) instanceof Number number ? number.doubleValue() : 0)
            .sorted()
            .toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
