package io.github.topologyxds.topology.endpoint;

import io.github.topologyxds.topology.settings.Nearness;

/**
 * An endpoint in a tier.
 *
 * @param health what Envoy is told
 * @param nearness why it stands there
 */
public record Placement(UsableEndpoint endpoint, Health health, Nearness nearness) {
  /** Returns the same for another reason. */
  public Placement with(Nearness other) {
    return new Placement(endpoint, health, other);
  }

  /** Returns the zone that the endpoint runs in; "" when it is not known. */
  public String zone() {
    return endpoint.location().zone();
  }
}
