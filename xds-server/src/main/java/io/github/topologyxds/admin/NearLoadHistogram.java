package io.github.topologyxds.admin;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * How much near routing loads the fullest endpoint of each Service, as a histogram of the Services
 * that there are now: a series for each would be too many. Micrometer has histograms of events
 * alone, which only grow.
 */
final class NearLoadHistogram implements Collector {
  static final String NAME = "topology_xds_near_load_ratio";

  /** The threshold of fair shares is 1.2, what a stale demand may come to 1.35, a finding 1.5. */
  private static final double[] BOUNDS = {
    1.05, 1.2, 1.35, 1.5, 2, 3, 5, 10, Double.POSITIVE_INFINITY
  };

  private final Supplier<DoubleStream> ratios;

  /**
   * Counts at each scrape.
   *
   * @param ratios in means of a Service's ready endpoints, one for each Service
   */
  NearLoadHistogram(Supplier<DoubleStream> ratios) {
    this.ratios = ratios;
  }

  @Override
  public MetricSnapshot collect() {
    long[] counts = new long[BOUNDS.length];
    double sum = 0;
    for (double ratio : ratios.get().toArray()) {
      int bucket = 0;
      while (ratio > BOUNDS[bucket]) {
        bucket++;
      }
      counts[bucket]++;
      sum += ratio;
    }
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int bucket = 0; bucket < BOUNDS.length; bucket++) {
      buckets.bucket(BOUNDS[bucket], counts[bucket]);
    }
    return HistogramSnapshot.builder()
        .gaugeHistogram(true)
        .name(NAME)
        .help("Services now by the load of their fullest endpoint, in means of all ready ones")
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sum)
                .build())
        .build();
  }
}
