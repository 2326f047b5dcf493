package io.github.topologyxds.e2e.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ADS stream of a client that accepts whatever comes and hands it on, in either variant. Its end
 * is the test's: what is missing then, the test's own assertions tell.
 *
 * @param <Q> request
 * @param <R> response
 */
public final class AdsStream<Q, R> implements ClientResponseObserver<Q, R>, AutoCloseable {
  private final Variant<Q, R> variant;
  private final Consumer<R> seen;
  private final Consumer<Status> ended;
  private @Nullable Node node;
  private @Nullable ClientCallStreamObserver<Q> requests;

  private AdsStream(Variant<Q, R> variant, Node node, Consumer<R> seen, Consumer<Status> ended) {
    this.variant = variant;
    this.node = node;
    this.seen = seen;
    this.ended = ended;
  }

  /**
   * Opens a delta stream; nothing is asked for yet.
   *
   * @param seen is given each response once it is accepted, on a thread of gRPC
   */
  public static AdsStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta(
      Channel channel, Node node, Consumer<DeltaDiscoveryResponse> seen) {
    return delta(channel, node, seen, end -> {});
  }

  /**
   * Opens a delta stream for somebody who wants to know how it ends.
   *
   * @param ended is given the status once, on a thread of gRPC
   */
  public static AdsStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta(
      Channel channel, Node node, Consumer<DeltaDiscoveryResponse> seen, Consumer<Status> ended) {
    var stream = new AdsStream<>(new Variant.Delta(), node, seen, ended);
    var unused = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(stream);
    return stream;
  }

  /** Opens a state-of-the-world stream, as {@link #delta}. */
  public static AdsStream<DiscoveryRequest, DiscoveryResponse> stateOfTheWorld(
      Channel channel, Node node, Consumer<DiscoveryResponse> seen) {
    var stream = new AdsStream<>(new Variant.StateOfTheWorld(), node, seen, end -> {});
    var unused = AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(stream);
    return stream;
  }

  /** Asks for these as well; for none in the first request of a type: for all there are. */
  public void subscribe(ResourceType type, Collection<String> names) {
    change(type, names, Set.of());
  }

  /** Asks for these as well, and for those no longer. */
  public synchronized void change(
      ResourceType type, Collection<String> names, Collection<String> gone) {
    send(variant.request(type, names, gone, node));
    node = null; // It stands in the first request alone.
  }

  private synchronized void send(Q request) {
    Objects.requireNonNull(requests).onNext(request);
  }

  private synchronized void accept(R response) {
    send(variant.acceptance(response));
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    requests = stream;
  }

  @Override
  public void onNext(R response) {
    accept(response);
    seen.accept(response);
  }

  @Override
  public void onError(Throwable cut) {
    ended.accept(Status.fromThrowable(cut));
  }

  @Override
  public void onCompleted() {
    ended.accept(Status.OK);
  }

  /** As a client that dies: without a word. */
  @Override
  public synchronized void close() {
    Objects.requireNonNull(requests).cancel("cut", null);
  }
}
