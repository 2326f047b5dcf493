package io.github.topologyxds.demo.envoy;

import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyPorts;
import java.time.Duration;

/**
 * One Envoy to start.
 *
 * @param bootstrap YAML; its ports must be those of {@code ports}
 * @param concurrency worker threads
 * @param readyWithin how long to wait for {@code /ready}
 */
public record EnvoySpec(String bootstrap, ProxyPorts ports, int concurrency, Duration readyWithin) {
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);

  /** An Envoy with one worker, for a bootstrap text that has these ports in it. */
  public static EnvoySpec of(String bootstrap, ProxyPorts ports) {
    return new EnvoySpec(bootstrap, ports, 1, READY_WITHIN);
  }

  /** An Envoy with one worker and the bootstrap that the command {@code bootstrap} would print. */
  public static EnvoySpec of(BootstrapSettings settings) {
    return of(BootstrapTemplate.render(settings), settings.ports());
  }

  /** Returns the same with so many worker threads. */
  public EnvoySpec withConcurrency(int workers) {
    return new EnvoySpec(bootstrap, ports, workers, readyWithin);
  }

  /** Returns the same with another time to become ready in. */
  public EnvoySpec withReadyWithin(Duration limit) {
    return new EnvoySpec(bootstrap, ports, concurrency, limit);
  }
}
