package io.github.topologyxds.e2e.protocol;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Stands between Envoy and the server, and makes one load assignment invalid on its way, as a
 * defect of ours that no check of ours knows would. So no product code has to be able to send it.
 */
final class TamperingProxy implements AutoCloseable {
  private static final int NO_PORT = 70_000;

  private final AtomicInteger refusals = new AtomicInteger();
  private final ManagedChannel upstream;
  private final Server server;
  private final String victim;

  /**
   * Starts to listen.
   *
   * @param victim whose load assignment gets an impossible port, as long as it has an endpoint
   */
  TamperingProxy(int upstreamPort, String victim) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.victim = victim;
    this.upstream =
        NettyChannelBuilder.forAddress(new InetSocketAddress(loopback, upstreamPort))
            .usePlaintext()
            .build();
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(loopback, 0))
            .addService(new Relay())
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  /** How many responses Envoy has refused. */
  int refusals() {
    return refusals.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
    upstream.shutdownNow();
  }

  private final class Relay
      extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {
    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(
        StreamObserver<DiscoveryResponse> envoy) {
      StreamObserver<DiscoveryRequest> ours =
          AggregatedDiscoveryServiceGrpc.newStub(upstream)
              .streamAggregatedResources(new Pass<>(envoy, TamperingProxy.this::withBadAssignment));
      return new Pass<>(ours, request -> counted(request, request.hasErrorDetail()));
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
        StreamObserver<DeltaDiscoveryResponse> envoy) {
      StreamObserver<DeltaDiscoveryRequest> ours =
          AggregatedDiscoveryServiceGrpc.newStub(upstream)
              .deltaAggregatedResources(new Pass<>(envoy, TamperingProxy.this::withBadAssignment));
      return new Pass<>(ours, request -> counted(request, request.hasErrorDetail()));
    }
  }

  private <Q> Q counted(Q request, boolean refuses) {
    if (refuses) {
      refusals.incrementAndGet();
    }
    return request;
  }

  private DiscoveryResponse withBadAssignment(DiscoveryResponse response) {
    DiscoveryResponse.Builder changed = response.toBuilder().clearResources();
    response.getResourcesList().forEach(any -> changed.addResources(tamper(any)));
    return changed.build();
  }

  private DeltaDiscoveryResponse withBadAssignment(DeltaDiscoveryResponse response) {
    DeltaDiscoveryResponse.Builder changed = response.toBuilder().clearResources();
    for (Resource resource : response.getResourcesList()) {
      changed.addResources(resource.toBuilder().setResource(tamper(resource.getResource())));
    }
    return changed.build();
  }

  private Any tamper(Any any) {
    try {
      if (!any.is(ClusterLoadAssignment.class)) {
        return any;
      }
      ClusterLoadAssignment.Builder assignment =
          any.unpack(ClusterLoadAssignment.class).toBuilder();
      if (!assignment.getClusterName().equals(victim) || assignment.getEndpointsCount() == 0) {
        return any;
      }
      assignment
          .getEndpointsBuilder(0)
          .getLbEndpointsBuilder(0)
          .getEndpointBuilder()
          .getAddressBuilder()
          .getSocketAddressBuilder()
          .setPortValue(NO_PORT);
      return Any.pack(assignment.build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands on what comes in, changed or looked at. */
  private record Pass<T>(StreamObserver<T> next, UnaryOperator<T> change)
      implements StreamObserver<T> {
    @Override
    public void onNext(T message) {
      next.onNext(change.apply(message));
    }

    @Override
    public void onError(Throwable error) {
      next.onError(error);
    }

    @Override
    public void onCompleted() {
      next.onCompleted();
    }
  }
}
