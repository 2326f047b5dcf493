package io.github.topologyxds.demo;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.HostState;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** Waiting until an Envoy knows what has changed. */
final class Convergence {
  static final Duration WITHIN = Duration.ofSeconds(15);

  private static final Duration POLL = Duration.ofMillis(20);

  private Convergence() {}

  /**
   * Waits until an Envoy has these endpoints of a cluster, and no others, as healthy.
   *
   * @param zone whose Envoy it is
   */
  static void await(String zone, EnvoyProcess envoy, String cluster, Set<String> addresses)
      throws IOException {
    long deadline = System.nanoTime() + WITHIN.toNanos();
    Set<String> healthy = healthy(envoy, cluster);
    while (!healthy.equals(addresses)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "after %d s the Envoy of %s has %d healthy endpoints of %s, expected %d"
                .formatted(WITHIN.toSeconds(), zone, healthy.size(), cluster, addresses.size()));
      }
      pause();
      healthy = healthy(envoy, cluster);
    }
  }

  private static Set<String> healthy(EnvoyProcess envoy, String cluster) throws IOException {
    return envoy.admin().hosts(cluster).stream()
        .filter(HostState::healthy)
        .map(HostState::address)
        .collect(Collectors.toSet());
  }

  /** Lets a moment pass before the next look. */
  static void pause() throws IOException {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for Envoy", e);
    }
  }
}
