package io.github.topologyxds.grpc.connection;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams are.
 *
 * @param stall see {@link XdsLimits}
 */
public record Streams(
    EventLoops loops, Sessions sessions, Connections connections, Duration stall) {
  private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("unknown", 0);

  /** Returns the client's end of a call's connection; every TCP connection has one. */
  public static SocketAddress peer(ServerCall<?, ?> call) {
    return Objects.requireNonNullElse(
        call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), NOWHERE);
  }

  /** Returns what holds back a stream that has just been opened. */
  public Backpressure backpressure(DeliveryLoop loop, ServerCall<?, ?> call) {
    Connections.@Nullable Connection connection =
        connections.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    StallWatch watch =
        new StallWatch(loop, stall, connection == null ? null : connection.newestStream());
    return new Backpressure(call, loop.admission(), watch, connection);
  }
}
