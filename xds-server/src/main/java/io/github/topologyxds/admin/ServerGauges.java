package io.github.topologyxds.admin;

import io.github.topologyxds.version.ProductVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How the process itself is: what alerts are made of. */
public final class ServerGauges {
  private final MeterRegistry registry;

  ServerGauges(MeterRegistry registry) {
    this.registry = registry;
    ProductVersion version = ProductVersion.current();
    Gauge.builder("topology.xds.build.info", () -> 1)
        .description("Always 1; what runs here stands in the labels")
        .tag("version", version.product())
        .tag("java", version.java())
        .register(registry);
  }

  /** Shows whether {@code /readyz} answers 200. */
  public void addReadiness(Readiness readiness) {
    add("topology.xds.ready", "1 while /readyz answers 200", () -> readiness.ready() ? 1 : 0);
  }

  /** Shows the age of the oldest change that is not published yet, given in ns. */
  public void addQueue(LongSupplier lagNanos) {
    add(
        "topology.xds.queue.lag.seconds",
        "Age of the oldest change of the source that is not published yet",
        () -> lagNanos.getAsLong() / (double) TimeUnit.SECONDS.toNanos(1));
  }

  /** Shows since when what is served is not confirmed, while that is a snapshot; else 0. */
  public void addSnapshot(Supplier<Optional<Duration>> age) {
    add(
        "topology.xds.snapshot.served.age.seconds",
        "Since the snapshot that is served was confirmed; 0 while none is",
        () -> age.get().orElse(Duration.ZERO).toMillis() / 1000.0);
  }

  /** Shows when the certificate of the xDS port ends. */
  public void addCertificate(Supplier<Instant> notAfter) {
    add(
        "topology.xds.certificate.expiry.timestamp.seconds",
        "When the certificate of the xDS port in force ends, since 1970",
        () -> notAfter.get().getEpochSecond());
  }

  /** Of a Supplier, which the registry holds: other gauges' objects are collected, and then NaN. */
  private void add(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}
