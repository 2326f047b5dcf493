package io.github.topologyxds.e2e.browser;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;

/** A client that claims an id and a zone, and refuses what it gets in words of its own. */
final class ClaimingClient implements StreamObserver<DeltaDiscoveryResponse>, AutoCloseable {
  private final ManagedChannel channel;
  private final String id;
  private final String error;
  private final StreamObserver<DeltaDiscoveryRequest> requests;

  ClaimingClient(int port, String id, String zone, String error) {
    this.id = id;
    this.error = error;
    this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    synchronized (this) {
      this.requests =
          AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
    }
    requests.onNext(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .setNode(Node.newBuilder().setId(id).setLocality(Locality.newBuilder().setZone(zone)))
            .build());
  }

  /** Returns the id that it claims. */
  String id() {
    return id;
  }

  @Override
  public synchronized void onNext(DeltaDiscoveryResponse response) {
    requests.onNext(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(response.getTypeUrl())
            .setResponseNonce(response.getNonce())
            .setErrorDetail(com.google.rpc.Status.newBuilder().setCode(3).setMessage(error))
            .build());
  }

  @Override
  public void onError(Throwable end) {
    // The test is over.
  }

  @Override
  public void onCompleted() {
    // Likewise.
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
