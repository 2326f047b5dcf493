package io.github.topologyxds.serve;

import io.github.topologyxds.admin.AdminServer;
import io.github.topologyxds.admin.Metrics;
import io.github.topologyxds.admin.Readiness;
import io.github.topologyxds.api.Observed;
import io.github.topologyxds.api.ServerStatus;
import io.github.topologyxds.api.server.ApiServer;
import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.api.server.Revisions;
import io.github.topologyxds.explain.LiveCluster;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import io.github.topologyxds.load.LoadReports;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.pipeline.Clocks;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.shiftstatus.ShiftStatusWriter;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.tls.RotatedTls;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.xds.Translator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running control plane: a source, the pipeline behind it, and its ports. */
public final class ControlPlane implements AutoCloseable {
  /** With the rest of a stop it stays below ten seconds. */
  private static final Duration MAX_DRAIN = Duration.ofSeconds(5);

  /** What ends with it. */
  private final Deque<AutoCloseable> parts;

  private final Ports ports;
  private final ResourceStore store;
  private final MeasuredLoad loads;
  private final Readiness readiness;

  private record Serving(ResourceStore store, MeasuredLoad loads, Readiness readiness) {}

  private record Ports(XdsServer xds, AdminServer admin, @Nullable ApiServer api) {}

  private ControlPlane(Serving serving, Ports ports, Deque<AutoCloseable> parts) {
    this.store = serving.store();
    this.loads = serving.loads();
    this.readiness = serving.readiness();
    this.ports = ports;
    this.parts = parts;
  }

  /**
   * Starts everything. Clients are refused until the first complete state is there.
   *
   * @throws IOException when an address cannot be listened on
   * @throws SourceException when the source cannot be read at all
   */
  public static ControlPlane start(ServeSettings settings) throws IOException, SourceException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      DeliveryMetrics metrics = new DeliveryMetrics();
      FindingRecorder findings = new FindingRecorder();
      ResourceStore store =
          new ResourceStore(settings.clusterDomain(), settings.routing().serviceRange(), findings);
      OpenSource source = OpenSource.open(settings.source(), settings.snapshot(), parts::push);
      Optional<ClientAuthentication> authentication =
          ClientAuthentication.start(settings.xds().authentication(), source, parts::push);
      RotatedTls tls = tls(settings.xds().tls(), findings, parts);
      LoadReports loads = new LoadReports(System::nanoTime);
      parts.push(loads);
      XdsServer xds =
          ListenFailure.inWords(
              "xDS",
              settings.listen(),
              a ->
                  new XdsServer(
                      new XdsServer.Port(
                          a,
                          Descriptors.within(settings.xds().limits()),
                          tls == null ? null : tls.context(),
                          authentication.map(ClientAuthentication::parts)),
                      store,
                      metrics,
                      new LoadReporting(settings.xds().loadReportInterval(), loads)));
      parts.push(xds);
      findings.addSink(source.findings());
      TranslationPipeline pipeline =
          new TranslationPipeline(
              new Translator(settings.routing(), settings.xds().dnsResolvers()),
              store,
              xds::publish,
              ServiceBudget.ofHeap(settings.routing().limits().namespace()),
              Clocks.SYSTEM);
      parts.push(pipeline);
      Duration reports = settings.xds().loadReportInterval();
      source.followDemand(OpenSource.demand(xds.clients(), loads, pipeline, reports), parts::push);
      OpenSnapshot snapshot = OpenSnapshot.open(settings.snapshot(), source.origin(), pipeline);
      SourceHealth health = snapshot.follow(source, parts::push);
      source.reportShifts(
          new ShiftStatusWriter.Shifts(pipeline.served()::shifts, health), parts::push);
      Metrics shown = new Metrics(store, metrics);
      shown.addSource(health);
      shown.addFindings(findings::count);
      shown.addSizes(pipeline.sizes());
      shown.server().addQueue(pipeline::lagNanos);
      if (tls != null) {
        shown.server().addCertificate(tls::notAfter);
      }
      shown.addLoads(loads);
      shown.addNearLoads(pipeline.demanding()::nearRatios);
      Readiness readiness = new Readiness(store, health);
      authentication.ifPresent(who -> {
        shown.addAuthentication(who.parts().metrics());
        readiness.waitingFor(who::waitsFor);
      });
      shown.server().addReadiness(readiness);
      snapshot.show(readiness, shown);
      AdminServer admin =
          ListenFailure.inWords(
              "admin", settings.admin(), a -> new AdminServer(a, readiness, shown));
      parts.push(admin);
      source
          .write(parts::push)
          .ifPresent(writing -> {
            shown.addWriter(writing.metrics(), writing.troubles());
            shown.addFindings(writing.metrics()::findings);
            shown.addPlanning(writing.health());
            readiness.planning(writing.health(), writing.troubles()::lines);
          });
      Observed observed =
          new Observed(
              new LiveCluster(pipeline.served(), findings),
              settings.routing(),
              findings::current,
              xds.clients(),
              loads,
              store::originOf,
              store.onDemand()::called,
              new ReplicaCheck(
                      readiness, health, tls == null ? null : tls::notAfter, source::rights)
                  ::lines,
              () ->
                  new ServerStatus(
                      readiness.ready(),
                      readiness.troubles(),
                      health.unconfirmed(),
                      health.watches().stream().anyMatch(WatchHealth::stale)));
      Revisions revisions =
          new Revisions()
              .with("clients", metrics::revision)
              .with("findings", findings::revision)
              .with("load", loads::reports)
              .with("services", pipeline.served()::revision, pipeline.served()::changedSince);
      ApiServer api = api(settings.api(), a -> new ApiServer(a, observed, revisions), parts::push);
      return new ControlPlane(
          new Serving(store, loads, readiness), new Ports(xds, admin, api), parts);
    } catch (IOException | SourceException | RuntimeException e) {
      Closing.all(parts);
      throw e;
    }
  }

  private static @Nullable ApiServer api(
      @Nullable ApiSettings settings,
      ListenFailure.Starting<ApiSettings, ApiServer> starter,
      Consumer<AutoCloseable> parts)
      throws IOException {
    if (settings == null) {
      return null;
    }
    ApiServer api = ListenFailure.inWords("API", settings.address(), a -> starter.on(settings));
    parts.accept(api);
    return api;
  }

  private static @Nullable RotatedTls tls(
      @Nullable TlsFiles files, FindingRecorder findings, Deque<AutoCloseable> parts)
      throws IOException {
    if (files == null) {
      return null;
    }
    RotatedTls tls = RotatedTls.follow(files, RotatedTls.INTERVAL, findings);
    parts.push(tls);
    return tls;
  }

  /** Returns the port that Envoys connect to. */
  public int xdsPort() {
    return ports.xds().port();
  }

  /** Returns the port of probes and metrics. */
  public int adminPort() {
    return ports.admin().port();
  }

  /** Returns the port of the API; empty: it is not served. */
  public OptionalInt apiPort() {
    return ports.api() == null ? OptionalInt.empty() : OptionalInt.of(ports.api().port());
  }

  /** Returns what is served. */
  public ResourceStore store() {
    return store;
  }

  /** Returns what proxies report of their load. */
  public MeasuredLoad loads() {
    return loads;
  }

  /**
   * Stops so that nobody notices: not ready any more, then the streams end over up to five seconds,
   * while changes flow on, then everything else.
   */
  public void stop() {
    readiness.stopping();
    ports.xds().drain(MAX_DRAIN);
    close();
  }

  /** Stops at once: the source first, then what is behind it. */
  @Override
  public void close() {
    Closing.all(parts);
  }
}
