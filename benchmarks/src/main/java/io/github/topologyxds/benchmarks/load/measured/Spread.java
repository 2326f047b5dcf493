package io.github.topologyxds.benchmarks.load.measured;

import java.util.Arrays;

/** Milliseconds. */
public record Spread(int count, double p50, double p99, double max) {
  private static final double MICROS = 1000;

  static Spread of(int[] micros) {
    if (micros.length == 0) {
      return new Spread(0, 0, 0, 0);
    }
    int[] sorted = micros.clone();
    Arrays.sort(sorted);
    return new Spread(
        sorted.length,
        sorted[sorted.length / 2] / MICROS,
        sorted[(int) (sorted.length * 0.99)] / MICROS,
        sorted[sorted.length - 1] / MICROS);
  }
}
