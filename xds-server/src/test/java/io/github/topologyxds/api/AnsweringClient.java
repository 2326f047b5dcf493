package io.github.topologyxds.api;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** A client that accepts all, refuses all, or says nothing. */
public final class AnsweringClient implements StreamObserver<DeltaDiscoveryResponse> {
  public enum Manner {
    ACCEPTS,
    REFUSES,
    SILENT
  }

  private final Manner manner;
  private @Nullable StreamObserver<DeltaDiscoveryRequest> requests;

  private AnsweringClient(Manner manner) {
    this.manner = manner;
  }

  public static AnsweringClient connect(RunningApi api, String id, String node, Manner manner) {
    AnsweringClient client = new AnsweringClient(manner);
    synchronized (client) {
      client.requests = api.connect(id, node, client);
    }
    return client;
  }

  @Override
  public synchronized void onNext(DeltaDiscoveryResponse response) {
    DeltaDiscoveryRequest.Builder answer =
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(response.getTypeUrl())
            .setResponseNonce(response.getNonce());
    if (manner == Manner.REFUSES) {
      answer.setErrorDetail(Status.newBuilder().setMessage("cannot bind 127.0.0.1:15001"));
    }
    if (manner != Manner.SILENT && requests != null) {
      requests.onNext(answer.build());
    }
  }

  @Override
  public void onError(Throwable end) {
    // The test is over.
  }

  @Override
  public void onCompleted() {
    // Likewise.
  }
}
