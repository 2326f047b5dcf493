package io.github.topologyxds.admin;

import io.github.topologyxds.load.LoadReports;
import io.github.topologyxds.load.LoadReports.ZonePair;
import io.github.topologyxds.load.NotCounted;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;

/** What proxies report of their load, by zones alone: Services would be too many labels. */
final class LoadCounters {
  private final MeterRegistry registry;
  private final LoadReports loads;

  // Guarded by the scrape, see Metrics.
  private final Set<ZonePair> shown = new HashSet<>();

  LoadCounters(MeterRegistry registry, LoadReports loads) {
    this.registry = registry;
    this.loads = loads;
    Gauge.builder("topology.xds.load.report.streams", loads, LoadReports::streams)
        .description("Open streams of load reports")
        .register(registry);
    FunctionCounter.builder("topology.xds.load.reports", loads, LoadReports::reports)
        .description("Load reports that have come")
        .register(registry);
    for (NotCounted cause : NotCounted.values()) {
      FunctionCounter.builder("topology.xds.requests.not.counted", loads, l -> l.notCounted(cause))
          .description("Reported requests that do not count")
          .tag("cause", cause.label())
          .register(registry);
    }
  }

  /** Shows the pairs of zones that are new. */
  void update() {
    for (ZonePair pair : loads.zonePairs()) {
      if (shown.add(pair)) {
        FunctionCounter.builder("topology.xds.requests", loads, l -> l.requests(pair))
            .description("Requests that proxies have reported, by the zones of both ends")
            .tag("from_zone", pair.from())
            .tag("to_zone", pair.to())
            .register(registry);
      }
    }
  }
}
