package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.limits.Addresses;
import io.github.topologyxds.grpc.limits.ClientLimits;
import io.github.topologyxds.grpc.limits.StreamCharge;
import io.github.topologyxds.logging.CurrentClient;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.session.DeliveryMetrics;
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

/**
 * Refuses streams of an address, or an identity, that has too many, whichever method they call; and
 * lets those of a connection begin as {@link ConnectionStreams} says.
 */
final class StreamLimits implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLimits.class);

  private final Addresses addresses;
  private final Connections connections;
  private final DeliveryMetrics metrics;

  StreamLimits(Addresses addresses, Connections connections, DeliveryMetrics metrics) {
    this.addresses = addresses;
    this.connections = connections;
    this.metrics = metrics;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    @Nullable SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Optional<ClientLimit> beyond = addresses.open(client);
    if (beyond.isPresent()) {
      refuse(call, client, beyond.get());
      return new ServerCall.Listener<>() {};
    }
    @Nullable Connection connection = connections.of(client);
    StreamCharge charge =
        new StreamCharge(
            addresses,
            client,
            connection == null ? null : connection.charge(),
            limit -> refuse(call, client, limit));
    StreamIdentity.countsFor(charge);
    // Which stream it is must be asked now: later it would be another one.
    LimitedCall.Place place =
        connection == null
            ? new LimitedCall.Place(new ConnectionStreams(), null)
            : new LimitedCall.Place(connection.streams(), connection.newestStream());
    LimitedCall<Q, A> limited = new LimitedCall<>(call, headers, next, place, charge::release);
    place.connection().begin(limited);
    return limited;
  }

  /** An Envoy comes back after its back-off; UNAVAILABLE would send it to another server. */
  private void refuse(ServerCall<?, ?> call, @Nullable SocketAddress client, ClientLimit limit) {
    metrics.limited(limit);
    String why = allowed(limit) + " " + limit.words() + ", and no more are taken";
    CurrentClient.causes(client, () -> LOG.warn("{}: {}", why, client));
    call.close(Status.RESOURCE_EXHAUSTED.withDescription(why), new Metadata());
  }

  private long allowed(ClientLimit limit) {
    ClientLimits limits = addresses.limits();
    return switch (limit) {
      case CONNECTIONS_PER_ADDRESS -> limits.connections();
      case CONNECTIONS_PER_IDENTITY -> limits.connectionsOfAPod();
      case STREAMS_PER_ADDRESS, STREAMS_PER_IDENTITY -> limits.streams();
      case NEW_STREAMS_PER_ADDRESS -> limits.newStreams();
      case UNFINISHED_REQUESTS -> limits.unfinishedBytes();
    };
  }
}
