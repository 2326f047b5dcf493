package io.github.topologyxds.serve;

import io.github.topologyxds.admin.AdminServer;
import io.github.topologyxds.admin.Metrics;
import io.github.topologyxds.admin.Readiness;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.source.SourceException;
import io.github.topologyxds.state.FindingRecorder;
import io.github.topologyxds.state.ServiceBudget;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.tls.RotatedTls;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.xds.Translator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A running control plane: a source, the pipeline behind it, and the two ports. */
public final class ControlPlane implements AutoCloseable {
  /** With the rest of a stop it stays below ten seconds. */
  private static final Duration MAX_DRAIN = Duration.ofSeconds(5);

  /** What ends with it. */
  private final Deque<AutoCloseable> parts;

  private final XdsServer xds;
  private final AdminServer admin;
  private final ResourceStore store;
  private final Readiness readiness;

  private record Serving(ResourceStore store, Readiness readiness) {}

  private ControlPlane(
      Serving serving, XdsServer xds, AdminServer admin, Deque<AutoCloseable> parts) {
    this.store = serving.store();
    this.readiness = serving.readiness();
    this.xds = xds;
    this.admin = admin;
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
      ResourceStore store = new ResourceStore(settings.clusterDomain(), findings);
      OpenSource source = OpenSource.open(settings.source(), parts::push);
      Optional<ClientAuthentication> authentication =
          ClientAuthentication.start(settings.xds().authentication(), source, parts::push);
      RotatedTls tls = tls(settings.xds().tls(), findings, parts);
      XdsServer xds =
          listening(
              "xDS",
              settings.listen(),
              a ->
                  new XdsServer(
                      new XdsServer.Port(
                          a,
                          settings.xds().limits().withConnections(Descriptors.forClients()),
                          tls == null ? null : tls.context(),
                          authentication.map(ClientAuthentication::parts)),
                      store,
                      metrics));
      parts.push(xds);
      findings.addSink(source.findings());
      TranslationPipeline pipeline =
          new TranslationPipeline(
              new Translator(settings.routing()),
              store,
              xds::publish,
              ServiceBudget.ofHeap(),
              System::nanoTime);
      parts.push(pipeline);
      SourceHealth health = source.follow(pipeline, parts::push);
      Metrics shown = new Metrics(store, metrics);
      shown.addSource(health);
      shown.addFindings(findings::count);
      shown.addSizes(pipeline.sizes());
      shown.server().addQueue(pipeline::lagNanos);
      if (tls != null) {
        shown.server().addCertificate(tls::notAfter);
      }
      Readiness readiness = new Readiness(store, health);
      authentication.ifPresent(who -> {
        shown.addAuthentication(who.parts().metrics());
        readiness.waitingFor(who::waitsFor);
      });
      shown.server().addReadiness(readiness);
      AdminServer admin =
          listening("admin", settings.admin(), a -> new AdminServer(a, readiness, shown));
      parts.push(admin);
      source
          .write(parts::push)
          .ifPresent(writing -> {
            shown.addWriter(writing.metrics(), writing.troubles());
            shown.addFindings(writing.metrics()::findings);
            shown.addPlanning(writing.health());
            readiness.planning(writing.health(), writing.troubles()::lines);
          });
      return new ControlPlane(new Serving(store, readiness), xds, admin, parts);
    } catch (IOException | SourceException | RuntimeException e) {
      close(parts);
      throw e;
    }
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

  @FunctionalInterface
  private interface Listening<T> {
    T on(InetSocketAddress address) throws IOException;
  }

  private static <T> T listening(String what, InetSocketAddress address, Listening<T> starter)
      throws IOException {
    try {
      return starter.on(address);
    } catch (IOException e) {
      throw ListenFailure.of(what, address, e);
    }
  }

  /** Returns the port that Envoys connect to. */
  public int xdsPort() {
    return xds.port();
  }

  /** Returns the port of probes and metrics. */
  public int adminPort() {
    return admin.port();
  }

  /** Returns what is served. */
  public ResourceStore store() {
    return store;
  }

  /**
   * Stops so that nobody notices: not ready any more, then the streams end over up to five seconds,
   * while changes flow on, then everything else.
   */
  public void stop() {
    readiness.stopping();
    xds.drain(MAX_DRAIN);
    close();
  }

  /** Stops at once: the source first, then what is behind it. */
  @Override
  public void close() {
    close(parts);
  }

  /** A part that does not close keeps no other from it. */
  static void close(Deque<AutoCloseable> parts) {
    IllegalStateException failure =
        new IllegalStateException("a part of the control plane does not close");
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
