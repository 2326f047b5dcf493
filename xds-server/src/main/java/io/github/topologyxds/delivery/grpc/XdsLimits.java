package io.github.topologyxds.delivery.grpc;

import java.time.Duration;

/**
 * The times that clients are held to, and how many frames they may send that ask for nothing.
 *
 * @param pushInterval after a change was sent, further ones wait so long: Envoys need not hear of
 *     each; zero: none waits
 * @param stall a client that takes nothing of a response is cut within this time, and after seven
 *     ninths of it at the earliest (see {@link StallWatch})
 * @param handshake TLS, the HTTP/2 preface and the client's first SETTINGS take no longer
 * @param controlFrames so many in 30 seconds, see {@link FrameLimit}
 */
public record XdsLimits(
    Duration pushInterval, Duration stall, Duration handshake, int controlFrames) {
  public static final XdsLimits DEFAULT =
      new XdsLimits(Duration.ofMillis(100), Duration.ofSeconds(45), Duration.ofSeconds(10), 1_000);

  /** These with another interval between pushes. */
  public XdsLimits withPushInterval(Duration interval) {
    return new XdsLimits(interval, stall, handshake, controlFrames);
  }

  XdsLimits withStall(Duration limit) {
    return new XdsLimits(pushInterval, limit, handshake, controlFrames);
  }

  XdsLimits withHandshake(Duration limit) {
    return new XdsLimits(pushInterval, stall, limit, controlFrames);
  }
}
