package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.limits.ClientLimits;
import java.time.Duration;

/**
 * The times that clients are held to, and how many frames they may send that ask for nothing.
 *
 * @param pushInterval after a change was sent, further ones wait so long: Envoys need not hear of
 *     each; zero: none waits
 * @param stall a client that takes nothing of a response is cut within this time, and after seven
 *     ninths of it at the earliest (see {@link StallWatch})
 * @param handshake TLS, the HTTP/2 preface and the client's first SETTINGS take no longer
 * @param idle a connection without a stream ends after this time, whether it has had one or not
 * @param controlFrames so many in 30 seconds, see {@link FrameLimit}
 * @param connections so many at a time
 * @param clients see {@link ClientLimits}
 */
public record XdsLimits(
    Duration pushInterval,
    Duration stall,
    Duration handshake,
    Duration idle,
    int controlFrames,
    int connections,
    ClientLimits clients) {
  public static final XdsLimits DEFAULT =
      new XdsLimits(
          Duration.ofMillis(100),
          Duration.ofSeconds(45),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          1_000,
          Integer.MAX_VALUE,
          ClientLimits.NONE);

  /** These with another interval between pushes. */
  public XdsLimits withPushInterval(Duration interval) {
    return new XdsLimits(interval, stall, handshake, idle, controlFrames, connections, clients);
  }

  XdsLimits withStall(Duration limit) {
    return new XdsLimits(pushInterval, limit, handshake, idle, controlFrames, connections, clients);
  }

  XdsLimits withHandshake(Duration limit) {
    return new XdsLimits(pushInterval, stall, limit, idle, controlFrames, connections, clients);
  }

  XdsLimits withIdle(Duration limit) {
    return new XdsLimits(
        pushInterval, stall, handshake, limit, controlFrames, connections, clients);
  }

  /** These with room for so many connections. */
  public XdsLimits withConnections(int most) {
    return new XdsLimits(pushInterval, stall, handshake, idle, controlFrames, most, clients);
  }

  /** These with limits of what clients may take. */
  public XdsLimits withClients(ClientLimits limits) {
    return new XdsLimits(pushInterval, stall, handshake, idle, controlFrames, connections, limits);
  }
}
