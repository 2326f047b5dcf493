package io.github.topologyxds.admin;

import io.github.topologyxds.delivery.DeliveryMetrics;
import io.github.topologyxds.delivery.ResourceStore;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.xds.ResourceType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;

/** What {@code /metrics} shows, in Prometheus' text format; every name begins with topology_xds. */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public Metrics(ResourceStore store, DeliveryMetrics delivery, SourceHealth source) {
    FunctionCounter.builder("topology.xds.translations", store, ResourceStore::translations)
        .description("Load assignments translated, each for one service port and client view")
        .register(registry);
    Gauge.builder("topology.xds.clusters", store, s -> s.clusterNames().size())
        .description("Clusters served")
        .register(registry);
    Gauge.builder("topology.xds.streams", delivery, DeliveryMetrics::streams)
        .description("Open xDS streams")
        .register(registry);
    for (ResourceType type : ResourceType.values()) {
      String label = type.name().toLowerCase(Locale.ROOT);
      FunctionCounter.builder("topology.xds.pushes", delivery, d -> d.pushes(type))
          .description("Responses sent")
          .tag("type", label)
          .register(registry);
      FunctionCounter.builder("topology.xds.nacks", delivery, d -> d.refusals(type))
          .description("Responses that a client refused")
          .tag("type", label)
          .register(registry);
    }
  }

  /** Returns the current values as Prometheus scrapes them. */
  public String scrape() {
    return registry.scrape();
  }
}
