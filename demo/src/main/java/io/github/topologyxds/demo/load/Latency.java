package io.github.topologyxds.demo.load;

import java.util.Arrays;

/** From the first byte sent to the last one received, of requests that were answered, in ms. */
public record Latency(double p50, double p99, double max) {
  /** Nearest rank; zeros where nothing was answered. */
  static Latency ofNanos(long[] nanos) {
    if (nanos.length == 0) {
      return new Latency(0, 0, 0);
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latency(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }
}
