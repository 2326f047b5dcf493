package io.github.topologyxds.admin;

import io.github.topologyxds.identity.AuthenticationMetrics;
import io.github.topologyxds.load.LoadReports;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ports.ServedEndpoints;
import io.github.topologyxds.session.ClientCounts;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.slices.writer.WriteKind;
import io.github.topologyxds.slices.writer.WriteOutcome;
import io.github.topologyxds.slices.writer.WriterMetrics;
import io.github.topologyxds.slices.writer.WriterTroubles;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.budget.ServiceSizes;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.xds.resource.ResourceType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** What {@code /metrics} shows, in Prometheus' text format; every name begins with topology_xds. */
public final class Metrics {
  private static final Duration[] ACK_BUCKETS =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ResourceStore store;
  private final DeliveryMetrics delivery;
  private final List<ToLongFunction<Reason>> findings = new CopyOnWriteArrayList<>();
  private final MultiGauge endpoints;
  private final MultiGauge clients;

  private final ServerGauges server = new ServerGauges(registry);
  private final List<WatchGauges> watches = new CopyOnWriteArrayList<>();
  private final List<SizeGauges> sizes = new CopyOnWriteArrayList<>();
  private final List<LoadCounters> loads = new CopyOnWriteArrayList<>();

  /** Registers what is counted of the store and of its clients. */
  public Metrics(ResourceStore store, DeliveryMetrics delivery) {
    FunctionCounter.builder("topology.xds.translations", store, ResourceStore::translations)
        .description("Load assignments translated, each for one service port and client view")
        .register(registry);
    Gauge.builder("topology.xds.clusters", store, s -> s.clusterNames().size())
        .description("Clusters served")
        .register(registry);
    Gauge.builder("topology.xds.streams", delivery, DeliveryMetrics::streams)
        .description("Open xDS streams")
        .register(registry);
    for (Reason reason : Reason.values()) {
      Gauge.builder("topology.xds.findings", this, m -> m.findings(reason))
          .description("Findings that stand, about objects, endpoints and files")
          .tag("reason", reason.name())
          .register(registry);
    }
    this.store = store;
    this.delivery = delivery;
    this.endpoints =
        MultiGauge.builder("topology.xds.endpoints")
            .description("Endpoints in the load assignments in use, each once for each view")
            .register(registry);
    this.clients =
        MultiGauge.builder("topology.xds.clients")
            .description("Clients on aggregated and single-type streams")
            .register(registry);
    Gauge.builder("topology.xds.services.served", store, ResourceStore::serviceCount)
        .description("Services served")
        .register(registry);
    for (DecisionReason reason : DecisionReason.values()) {
      Gauge.builder("topology.xds.services", store, s -> s.serviceCount(reason))
          .description("Services by the reasons of the decisions that clients were given")
          .tag("reason", reason.name())
          .register(registry);
    }
    Timer acknowledged =
        Timer.builder("topology.xds.change.to.ack")
            .description("From a change of endpoints at the source to a client's ACK")
            .serviceLevelObjectives(ACK_BUCKETS)
            .register(registry);
    delivery.onAcknowledged(nanos -> acknowledged.record(nanos, TimeUnit.NANOSECONDS));
    for (ResourceType type : ResourceType.values()) {
      String label = type.name().toLowerCase(Locale.ROOT);
      FunctionCounter.builder("topology.xds.pushes", delivery, d -> d.pushes(type))
          .description("Responses sent")
          .tag("type", label)
          .register(registry);
      FunctionCounter.builder("topology.xds.nacks", delivery, d -> d.nacks(type))
          .description("Responses that a client refused")
          .tag("type", label)
          .register(registry);
    }
    NackCounters.add(registry, delivery);
  }

  /** Shows how large the Services are, and what there is no room for. */
  public void addSizes(ServiceSizes services) {
    sizes.add(new SizeGauges(registry, services));
  }

  /** Shows how much near routing loads the fullest endpoint of each Service, in means. */
  public void addNearLoads(Supplier<DoubleStream> ratios) {
    registry.getPrometheusRegistry().register(new NearLoadHistogram(ratios));
  }

  /** Shows what proxies report of their load, zone by zone. */
  public void addLoads(LoadReports reports) {
    loads.add(new LoadCounters(registry, reports));
  }

  /** Shows how well the Kubernetes API is followed; a folder has nothing to show. */
  public void addSource(SourceHealth source) {
    watches.add(new WatchGauges(registry, "topology.xds.watch", source));
    add(
        "topology.xds.files.broken",
        "Files that are left out, or count with what stood in them before",
        Tags.empty(),
        source::brokenFiles);
  }

  /** How the process itself is. */
  public ServerGauges server() {
    return server;
  }

  /** Shows the same of the watches that EndpointSlices of our own are made from. */
  public void addPlanning(SourceHealth planning) {
    watches.add(new WatchGauges(registry, "topology.xds.slices.watch", planning));
  }

  /** Shows what the writer of EndpointSlices does ({@code --manage-slices}). */
  public void addWriter(WriterMetrics writer, WriterTroubles troubles) {
    add("topology.xds.slices.owned", "EndpointSlices of ours", Tags.empty(), writer::owned);
    add(
        "topology.xds.slices.leader",
        "1 while this replica writes EndpointSlices",
        Tags.empty(),
        () -> writer.leader() ? 1 : 0);
    for (WriterTroubles.Cause cause : WriterTroubles.Cause.values()) {
      add(
          "topology.xds.slices.trouble",
          "1 while EndpointSlices are not written for this cause",
          Tags.of("cause", cause.name().toLowerCase(Locale.ROOT)),
          () -> troubles.count(cause));
    }
    FunctionCounter.builder("topology.xds.slices.repairs", writer, WriterMetrics::repairs)
        .description("Times that somebody else had changed or deleted slices of ours")
        .register(registry);
    FunctionCounter.builder("topology.xds.slices.pauses", writer, WriterMetrics::pauses)
        .description("Times that a Service was left alone after five repairs in a minute")
        .register(registry);
    for (WriteKind kind : WriteKind.values()) {
      for (WriteOutcome outcome : WriteOutcome.values()) {
        FunctionCounter.builder("topology.xds.slices.writes", writer, w -> w.writes(kind, outcome))
            .description("Writes of EndpointSlices")
            .tag("verb", kind.name().toLowerCase(Locale.ROOT))
            .tag("result", outcome.label())
            .register(registry);
      }
    }
  }

  private void add(String name, String description, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  private static Tags tags(ServedEndpoints.Tier tier) {
    return Tags.of("priority", Integer.toString(tier.priority()), "reason", tier.reason().name());
  }

  private static Tags tags(ClientCounts.Group group) {
    String protocol =
        switch (group.protocol()) {
          case DELTA -> "delta";
          case STATE_OF_THE_WORLD -> "sotw";
        };
    return Tags.of("zone", group.zone(), "protocol", protocol, "identity", group.identityLabel());
  }

  /** Shows whose credentials are not believed. */
  public void addAuthentication(AuthenticationMetrics authentication) {
    AuthenticationCounters.register(registry, authentication);
  }

  /** Shows how many findings stand, by reason; of several parts, their sum. */
  public void addFindings(ToLongFunction<Reason> count) {
    findings.add(count);
  }

  private long findings(Reason reason) {
    return findings.stream().mapToLong(part -> part.applyAsLong(reason)).sum();
  }

  /** Returns the current values as Prometheus scrapes them. */
  public synchronized String scrape() {
    endpoints.register(
        store.servedEndpoints().counts().entrySet().stream()
            .<Row<?>>map(e -> Row.of(tags(e.getKey()), e.getValue()))
            .toList(),
        true);
    clients.register(
        delivery.clients().now().entrySet().stream()
            .<Row<?>>map(e -> Row.of(tags(e.getKey()), e.getValue()))
            .toList(),
        true);
    watches.forEach(WatchGauges::update);
    sizes.forEach(SizeGauges::update);
    loads.forEach(LoadCounters::update);
    return registry.scrape();
  }
}
