package io.github.topologyxds.delivery.grpc;

import java.time.Duration;

/**
 * The times that clients are held to.
 *
 * @param pushInterval after a change was sent, further ones wait so long: Envoys need not hear of
 *     each; zero: none waits
 * @param stall a client that takes nothing of a response for so long is gone
 * @param silence one from which nothing has come for so long is asked (HTTP/2 PING), and is gone if
 *     it does not answer within a third of that
 */
public record XdsLimits(Duration pushInterval, Duration stall, Duration silence) {
  public static final XdsLimits DEFAULT =
      new XdsLimits(Duration.ofMillis(100), Duration.ofSeconds(45), Duration.ofSeconds(30));

  /** The same with another time for which changes wait. */
  public XdsLimits withPushInterval(Duration interval) {
    return new XdsLimits(interval, stall, silence);
  }
}
