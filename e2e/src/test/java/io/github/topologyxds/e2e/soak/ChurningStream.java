package io.github.topologyxds.e2e.soak;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.xds.ResourceType;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream that asks for all clusters and some endpoints, and accepts everything until it is cut.
 *
 * @param <Q> request
 * @param <R> response
 */
final class ChurningStream<Q, R> implements ClientResponseObserver<Q, R>, AutoCloseable {
  private final Function<R, Q> answer;
  private final AtomicLong responses;
  private @Nullable ClientCallStreamObserver<Q> requests;

  private ChurningStream(Function<R, Q> answer, AtomicLong responses) {
    this.answer = answer;
    this.responses = responses;
  }

  /** Opens a delta stream. */
  static AutoCloseable delta(Channel channel, Collection<String> names, AtomicLong responses) {
    ChurningStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse> stream =
        new ChurningStream<>(
            response ->
                DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build(),
            responses);
    var unused = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(stream);
    stream.send(
        DeltaDiscoveryRequest.newBuilder()
            .setNode(node())
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .build());
    stream.send(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(ResourceType.ENDPOINT.typeUrl())
            .addAllResourceNamesSubscribe(names)
            .build());
    return stream;
  }

  /** Opens a state-of-the-world stream. */
  static AutoCloseable world(Channel channel, Collection<String> names, AtomicLong responses) {
    ChurningStream<DiscoveryRequest, DiscoveryResponse> stream =
        new ChurningStream<>(
            response ->
                DiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setVersionInfo(response.getVersionInfo())
                    .setResponseNonce(response.getNonce())
                    .addAllResourceNames(
                        response.getTypeUrl().equals(ResourceType.ENDPOINT.typeUrl())
                            ? names
                            : List.of())
                    .build(),
            responses);
    var unused = AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(stream);
    stream.send(
        DiscoveryRequest.newBuilder()
            .setNode(node())
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .build());
    stream.send(
        DiscoveryRequest.newBuilder()
            .setTypeUrl(ResourceType.ENDPOINT.typeUrl())
            .addAllResourceNames(names)
            .build());
    return stream;
  }

  private static Node node() {
    return Node.newBuilder()
        .setId("soak")
        .setLocality(Locality.newBuilder().setZone("zone-0"))
        .build();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    requests = stream;
  }

  private synchronized void send(Q request) {
    Objects.requireNonNull(requests).onNext(request);
  }

  @Override
  public void onNext(R response) {
    responses.incrementAndGet();
    send(answer.apply(response));
  }

  @Override
  public void onError(Throwable cut) {
    // We cut it.
  }

  @Override
  public void onCompleted() {
    // The server never ends a stream.
  }

  /** As a client that dies: without a word. */
  @Override
  public synchronized void close() {
    Objects.requireNonNull(requests).cancel("cut", null);
  }
}
