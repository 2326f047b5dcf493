package io.github.topologyxds.grpc.connection;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams are.
 *
 * @param stall see {@link XdsLimits}
 */
public record Streams(
    EventLoops loops, Sessions sessions, Connections connections, Duration stall) {
  /** Returns {@code IP:PORT} of the client's end of a call's connection; "" when unknown. */
  public static String peer(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress client
        ? HostAndPort.fromParts(InetAddresses.toAddrString(client.getAddress()), client.getPort())
            .toString()
        : "";
  }

  /** Returns what holds back a stream that begins. */
  public Backpressure backpressure(DeliveryLoop loop, ServerCall<?, ?> call) {
    @Nullable Connection connection =
        connections.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    @Nullable LimitedCall<?, ?> limited = LimitedCall.current();
    StallWatch watch = new StallWatch(loop, stall, limited == null ? null : limited.client());
    return new Backpressure(call, loop.admission(), watch, connection, limited);
  }
}
