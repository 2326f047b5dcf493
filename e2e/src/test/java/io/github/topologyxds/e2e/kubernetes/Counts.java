package io.github.topologyxds.e2e.kubernetes;

/** Reads what {@code /metrics} says. */
final class Counts {
  private Counts() {}

  /** Returns the value of a series, such as {@code up{job="x"}}. */
  static long of(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series));
  }
}
