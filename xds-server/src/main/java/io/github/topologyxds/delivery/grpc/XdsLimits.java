package io.github.topologyxds.delivery.grpc;

import java.time.Duration;

/**
 * The times that clients are held to.
 *
 * @param pushInterval after a change was sent, further ones wait so long: Envoys need not hear of
 *     each; zero: none waits
 * @param stall a client that takes nothing of a response for so long is gone
 */
public record XdsLimits(Duration pushInterval, Duration stall) {
  public static final XdsLimits DEFAULT =
      new XdsLimits(Duration.ofMillis(100), Duration.ofSeconds(45));
}
