package io.github.topologyxds.grpc.lrs;

import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.github.topologyxds.grpc.connection.CallListener;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.Streams;
import io.github.topologyxds.grpc.wire.RequestBytes;
import io.github.topologyxds.resources.ResourceStore;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import java.io.InputStream;

/** The LoadReportingService, on bytes as the aggregated service is. */
public final class LrsService {
  private final ResourceStore store;
  private final LoadReporting reporting;
  private final Streams streams;

  /** Serves load reports; nothing is reported yet. */
  public LrsService(ResourceStore store, LoadReporting reporting, Streams streams) {
    this.store = store;
    this.reporting = reporting;
    this.streams = streams;
  }

  /** Returns the service as gRPC registers it. */
  public ServerServiceDefinition definition() {
    MethodDescriptor<InputStream, LoadStatsResponse> method =
        LoadReportingServiceGrpc.getStreamLoadStatsMethod().toBuilder(
                RequestBytes.MARSHALLER,
                LoadReportingServiceGrpc.getStreamLoadStatsMethod().getResponseMarshaller())
            .build();
    return ServerServiceDefinition.builder(LoadReportingServiceGrpc.SERVICE_NAME)
        .addMethod(method, (call, headers) -> start(call))
        .build();
  }

  /**
   * Before the first complete state, too: Envoy begins to count anew with each report that it
   * sends, wherever that goes, so a stream that is refused loses what its first report says.
   */
  private ServerCall.Listener<InputStream> start(ServerCall<InputStream, LoadStatsResponse> call) {
    DeliveryLoop loop = streams.loops().current();
    LrsStream stream =
        new LrsStream(call, store, reporting, loop, streams.backpressure(loop, call));
    streams.sessions().add(stream);
    reporting.sink().opened();
    return new CallListener(
        stream,
        call,
        () -> {
          streams.sessions().remove(stream);
          reporting.sink().closed();
        });
  }
}
