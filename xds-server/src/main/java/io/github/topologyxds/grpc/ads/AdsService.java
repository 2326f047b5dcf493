package io.github.topologyxds.grpc.ads;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.github.topologyxds.grpc.connection.CallListener;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.Streams;
import io.github.topologyxds.grpc.wire.EncodedResponse;
import io.github.topologyxds.grpc.wire.RequestBytes;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.InputStream;

/**
 * The AggregatedDiscoveryService, on bytes: requests are walked where they lie, responses are
 * encoded once and shared.
 */
public final class AdsService {
  private final ResourceStore store;
  private final DeliveryMetrics metrics;
  private final Streams streams;

  /**
   * Serves what stands in the store.
   *
   * @param streams what the streams of the port share
   */
  public AdsService(ResourceStore store, DeliveryMetrics metrics, Streams streams) {
    this.store = store;
    this.metrics = metrics;
    this.streams = streams;
  }

  /** Returns the service as gRPC registers it: both variants of the protocol. */
  public ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(AggregatedDiscoveryServiceGrpc.SERVICE_NAME)
        .addMethod(
            onBytes(AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod()),
            (call, headers) -> start(call, XdsProtocol.STATE_OF_THE_WORLD))
        .addMethod(
            onBytes(AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod()),
            (call, headers) -> start(call, XdsProtocol.DELTA))
        .build();
  }

  private static MethodDescriptor<InputStream, EncodedResponse> onBytes(
      MethodDescriptor<?, ?> method) {
    return MethodDescriptor.<InputStream, EncodedResponse>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(method.getFullMethodName())
        .setRequestMarshaller(RequestBytes.MARSHALLER)
        .setResponseMarshaller(new Responses())
        .build();
  }

  private ServerCall.Listener<InputStream> start(
      ServerCall<InputStream, EncodedResponse> call, XdsProtocol protocol) {
    if (!store.complete()) {
      // Never a half-known answer: Envoy keeps what it has and comes back.
      call.close(
          Status.UNAVAILABLE.withDescription("waiting for the first complete state"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    metrics.streamOpened();
    DeliveryLoop loop = streams.loops().current();
    AdsStream stream = new AdsStream(call, protocol, loop, streams.backpressure(loop, call));
    streams.sessions().add(stream);
    return new CallListener(
        stream,
        call,
        () -> {
          streams.sessions().remove(stream);
          metrics.streamClosed();
        });
  }

  private static final class Responses implements MethodDescriptor.Marshaller<EncodedResponse> {
    @Override
    public InputStream stream(EncodedResponse value) {
      return value.stream();
    }

    @Override
    public EncodedResponse parse(InputStream stream) {
      throw new UnsupportedOperationException("a server gets no responses");
    }
  }
}
