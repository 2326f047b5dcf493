package io.github.topologyxds.grpc.lrs;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.github.topologyxds.grpc.connection.Backpressure;
import io.github.topologyxds.grpc.connection.CallListener;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.OpenStream;
import io.github.topologyxds.grpc.wire.LoadStatsReader;
import io.github.topologyxds.grpc.wire.NodeIdentification;
import io.github.topologyxds.load.LocalityLoad;
import io.github.topologyxds.load.NotCounted;
import io.github.topologyxds.load.ReportIntake;
import io.github.topologyxds.load.ReportingClient;
import io.github.topologyxds.load.ServedLabels;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.ClientStreams;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of load reports.
 *
 * <p>Owner: the event loop of its connection; only {@link #close} comes from elsewhere.
 */
final class LrsStream implements OpenStream, CallListener.Receiver, ClientStreams.Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(LrsStream.class);

  private static final Status NOT_A_REPORT =
      Status.INVALID_ARGUMENT.withDescription("not a load report");
  private static final Status SECOND =
      Status.RESOURCE_EXHAUSTED.withDescription("this client has a stream of load reports already");
  private static final Status LEFT =
      Status.UNAVAILABLE.withDescription("the client's discovery stream is over");

  /** Nothing is reported for so long; Envoy then asks how it goes on. */
  private static final Duration OFF = Duration.ofHours(1);

  /**
   * A client that comes back reports at once, maybe before its subscriptions are here. What it says
   * would be lost, as Envoy begins to count anew with each report.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration AGAIN = Duration.ofMillis(100);

  private final ServerCall<InputStream, LoadStatsResponse> call;
  private final ResourceStore store;
  private final LoadReporting reporting;
  private final DeliveryLoop loop;
  private final Backpressure backpressure;
  private final ReportIntake intake;
  private final ReportSchedule schedule;
  private ClientStreams.@Nullable Client client;
  private boolean headersSent;
  private boolean complained;
  private boolean closed;

  LrsStream(
      ServerCall<InputStream, LoadStatsResponse> call,
      ResourceStore store,
      LoadReporting reporting,
      DeliveryLoop loop,
      Backpressure backpressure) {
    this.call = call;
    this.store = store;
    this.reporting = reporting;
    this.loop = loop;
    this.backpressure = backpressure;
    long now = System.nanoTime();
    this.intake =
        new ReportIntake(
            new ServedLabels(store::servesPort, store::hasZone), reporting.interval(), now);
    this.schedule = new ReportSchedule(reporting.interval(), now);
  }

  @Override
  public void receive(InputStream message) {
    if (closed) {
      return;
    }
    try {
      loop.buffer().read(message);
      if (client == null) {
        LoadStatsReader.Report first = LoadStatsReader.readFirst(loop.buffer());
        if (introduce(first.node())) {
          take(first.loads(), System.nanoTime() + PATIENCE.toNanos());
        }
      } else {
        List<LocalityLoad> loads = LoadStatsReader.read(loop.buffer());
        schedule.reported(System.nanoTime()).ifPresent(this::ask);
        take(loads, System.nanoTime() + PATIENCE.toNanos());
      }
    } catch (IOException e) {
      LOG.debug("not a load report", e);
      end(NOT_A_REPORT);
    }
  }

  /** Returns whether the stream goes on. */
  private boolean introduce(@Nullable ByteString node) throws InvalidProtocolBufferException {
    switch (NodeIdentification.of(node)) {
      case NodeIdentification.Refused refused -> end(refused.status());
      case NodeIdentification.Accepted accepted -> {
        ClientStreams.Client told =
            new ClientStreams.Client(backpressure.peer(), accepted.client().id());
        if (loop.sessions().clients().report(told, this)) {
          client = told;
          backpressure.introduced();
          ask(reporting.isOff() ? OFF : reporting.interval());
          return true;
        }
        end(SECOND);
      }
    }
    return false;
  }

  /** Takes a report in once it can be told what the client is subscribed to. */
  private void take(List<LocalityLoad> loads, long until) {
    if (closed || client == null) {
      return;
    }
    ReportingClient known = loop.sessions().clients().reporting(client);
    long now = System.nanoTime();
    if (known == null && !loads.isEmpty() && (now < until || !store.complete())) {
      long deadline = store.complete() ? until : now + PATIENCE.toNanos();
      loop.after(AGAIN, () -> take(loads, deadline));
      return;
    }
    ReportIntake.Taken taken = intake.take(loads, known == null ? NOBODY : known, now);
    complain(taken);
    var unused =
        reporting.sink().add(taken).whenComplete((done, failure) -> loop.execute(this::next));
  }

  private static final ReportingClient NOBODY =
      new ReportingClient() {
        @Override
        public String zone() {
          return "";
        }

        @Override
        public boolean subscribes(String assignment) {
          return false;
        }
      };

  private void complain(ReportIntake.Taken taken) {
    long tooMany = taken.refused().getOrDefault(NotCounted.RATE, 0L);
    if (tooMany > 0 && !complained && client != null) {
      complained = true;
      LOG.warn(
          "client {} reports {} requests more than one client can have sent; they do not count, nor do"
              + " further ones (said once for each stream)",
          client.id(),
          Long.toUnsignedString(tooMany));
    }
  }

  private void next() {
    if (!closed) {
      call.request(1);
    }
  }

  private void ask(Duration interval) {
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(new Metadata());
    }
    call.sendMessage(
        LoadStatsResponse.newBuilder()
            .setSendAllClusters(!reporting.isOff())
            .setLoadReportingInterval(
                com.google.protobuf.Duration.newBuilder()
                    .setSeconds(interval.toSeconds())
                    .setNanos(interval.toNanosPart()))
            .build());
  }

  @Override
  public void hasNewClusters() {
    if (!closed && !reporting.isOff()) {
      ask(schedule.again(System.nanoTime()));
    }
  }

  /** Envoy opens another stream in 5 s, and loses nothing until then. */
  @Override
  public void hasLeft() {
    end(LEFT);
  }

  @Override
  public void ready() {}

  @Override
  public void fail(RuntimeException defect) {
    LOG.error("a stream of load reports is closed after a defect of ours", defect);
    end(Status.INTERNAL.withDescription("internal error"));
  }

  @Override
  public void close(Status status) {
    loop.execute(() -> end(status));
  }

  @Override
  public void end(Status status) {
    if (!closed) {
      leave();
      call.close(status, new Metadata());
    }
  }

  @Override
  public void cancelled() {
    leave();
  }

  private void leave() {
    closed = true;
    if (client != null) {
      loop.sessions().clients().reportsNoMore(client);
      client = null;
    }
  }
}
