package io.github.topologyxds.grpc.library;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.Streams;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Puts a {@link StreamListener} in front of the library on every discovery stream. */
public final class StreamInterceptor implements ServerInterceptor {
  private final ResourceStore store;
  private final DeliveryMetrics metrics;
  private final Streams streams;

  /**
   * Watches over streams to what stands in the store.
   *
   * @param streams what the streams of the port share
   */
  public StreamInterceptor(ResourceStore store, DeliveryMetrics metrics, Streams streams) {
    this.store = store;
    this.metrics = metrics;
    this.streams = streams;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!store.complete()) {
      // Never a half-known answer: Envoy keeps what it has and comes back.
      call.close(
          Status.UNAVAILABLE.withDescription("waiting for the first complete state"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    DeliveryLoop loop = streams.loops().current();
    LibraryStream stream = new LibraryStream(loop, streams.backpressure(loop, call));
    ObservedCall<Q, R> observed = new ObservedCall<>(call, stream);
    ServerCall.Listener<Q> library =
        Contexts.interceptCall(
            Context.current().withValue(LibraryStream.CURRENT, stream), observed, headers, next);
    metrics.streamOpened();
    return new SimpleForwardingServerCallListener<>(
        new StreamListener<>(observed, library, stream, streams.sessions())) {
      @Override
      public void onCancel() {
        observed.over();
        metrics.streamClosed();
        super.onCancel();
      }

      @Override
      public void onComplete() {
        metrics.streamClosed();
        super.onComplete();
      }
    };
  }

  /** Tells the stream of what goes out, and closes the call once, whoever wants it closed again. */
  private static final class ObservedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final LibraryStream stream;

    // Owner: the stream's thread.
    private boolean closed;

    ObservedCall(ServerCall<Q, R> call, LibraryStream stream) {
      super(call);
      this.stream = stream;
    }

    @Override
    public void sendMessage(R message) {
      note(stream, message);
      super.sendMessage(message);
      stream.sent();
    }

    /** The client is gone: a word to it now would end the connection, with its other streams. */
    void over() {
      if (!closed) {
        closed = true;
        stream.cancelled();
      }
    }

    /** The library closes what it is told was cancelled, and gRPC throws at a second close. */
    @Override
    public void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        stream.closedWith(status);
        super.close(status, trailers);
      }
    }
  }

  private static void note(LibraryStream stream, Object message) {
    switch (message) {
      case DiscoveryResponse response -> stream.sending(response.getTypeUrl(), response.getNonce());
      case DeltaDiscoveryResponse response ->
          stream.sending(response.getTypeUrl(), response.getNonce());
      default -> throw new IllegalStateException("not a discovery response");
    }
  }
}
