package io.github.topologyxds.grpc.limits;

import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.session.DeliveryMetrics;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses streams of an address that has too many, whichever method they call. */
public final class StreamLimits implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLimits.class);

  private final Addresses addresses;
  private final DeliveryMetrics metrics;

  /** Limits by address, whose refusals are counted. */
  public StreamLimits(Addresses addresses, DeliveryMetrics metrics) {
    this.addresses = addresses;
    this.metrics = metrics;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    @Nullable SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Optional<ClientLimit> beyond = addresses.open(client);
    if (beyond.isPresent()) {
      return refuse(call, client, beyond.get());
    }
    try {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onCancel() {
          addresses.closed(client);
          super.onCancel();
        }

        @Override
        public void onComplete() {
          addresses.closed(client);
          super.onComplete();
        }
      };
    } catch (RuntimeException e) {
      addresses.closed(client);
      throw e;
    }
  }

  /** An Envoy comes back after its back-off; UNAVAILABLE would send it to another server. */
  private <Q> ServerCall.Listener<Q> refuse(
      ServerCall<Q, ?> call, @Nullable SocketAddress client, ClientLimit limit) {
    metrics.limited(limit);
    String why = allowed(limit) + " " + limit.words() + ", and no more are taken";
    CurrentClient.causes(client, () -> LOG.warn("{}: {}", why, client));
    call.close(Status.RESOURCE_EXHAUSTED.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private long allowed(ClientLimit limit) {
    ClientLimits limits = addresses.limits();
    return switch (limit) {
      case CONNECTIONS_PER_ADDRESS -> limits.connections();
      case STREAMS_PER_ADDRESS -> limits.streams();
      case NEW_STREAMS_PER_ADDRESS -> limits.newStreams();
      case UNFINISHED_REQUESTS -> limits.unfinishedBytes();
    };
  }
}
