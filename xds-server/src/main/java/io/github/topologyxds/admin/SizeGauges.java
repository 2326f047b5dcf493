package io.github.topologyxds.admin;

import io.github.topologyxds.state.budget.ServiceSizes;
import io.github.topologyxds.state.budget.ServiceSizes.Largest;
import io.github.topologyxds.state.budget.ServiceSizes.Measure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The largest Services by each measure that has a limit, and what the budget comes to. */
final class SizeGauges {
  private final ServiceSizes sizes;
  private final Map<Measure, MultiGauge> largest = new EnumMap<>(Measure.class);

  SizeGauges(MeterRegistry registry, ServiceSizes sizes) {
    this.sizes = sizes;
    for (Measure measure : Measure.values()) {
      String name = "topology.xds.largest.service." + measure.name().toLowerCase(Locale.ROOT);
      largest.put(
          measure,
          MultiGauge.builder(name)
              .description("The Service that is the largest by this measure, served or not")
              .register(registry));
    }
    Gauge.builder("topology.xds.budget.bytes", sizes, ServiceSizes::budget)
        .description("What there is of the heap for objects and for serving Services")
        .register(registry);
    Gauge.builder("topology.xds.cost.bytes", sizes, ServiceSizes::cost)
        .description("What all objects, and serving all Services, come to: computed")
        .register(registry);
    Gauge.builder("topology.xds.services.left.out", sizes, ServiceSizes::leftOut)
        .description("Services that are left out because there is no room for them")
        .register(registry);
  }

  /** Looks for the largest again. */
  void update() {
    largest.forEach((measure, gauge) -> gauge.register(rows(measure), true));
  }

  private List<Row<?>> rows(Measure measure) {
    return sizes.largest(measure).stream().<Row<?>>map(SizeGauges::row).toList();
  }

  private static Row<?> row(Largest largest) {
    Tags tags =
        Tags.of("namespace", largest.service().namespace(), "service", largest.service().name());
    return Row.of(tags, largest.value());
  }
}
