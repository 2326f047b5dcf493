package io.github.topologyxds.delivery.grpc;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.time.Duration;

/**
 * Where the streams are.
 *
 * @param stall see {@link XdsLimits}
 */
record Streams(EventLoops loops, Sessions sessions, Connections connections, Duration stall) {
  /** Watches whether a stream's client takes what it is sent. */
  StallWatch watch(DeliveryLoop loop, ServerCall<?, ?> call) {
    return new StallWatch(
        loop, stall, connections.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
  }
}
