package io.github.topologyxds.state.budget;

import io.github.topologyxds.topology.settings.ServiceLimits;

/**
 * What a Service takes, or some together.
 *
 * @param held its objects, served or not, in bytes
 * @param serving to serve it, beside that, in bytes
 * @param names of its clusters
 * @param characters of these names together
 * @param portEndpoints that are served; see {@link ServiceLimits}
 */
public record ServingCost(
    long held, long serving, long names, long characters, long portEndpoints) {
  static final ServingCost NONE = new ServingCost(0, 0, 0, 0, 0);

  ServingCost plus(ServingCost other) {
    return new ServingCost(
        held + other.held,
        serving + other.serving,
        names + other.names,
        characters + other.characters,
        portEndpoints + other.portEndpoints);
  }

  ServingCost minus(ServingCost other) {
    return plus(
        new ServingCost(
            -other.held, -other.serving, -other.names, -other.characters, -other.portEndpoints));
  }

  /** Returns whether it is within what is served of a Namespace. */
  boolean within(ServiceLimits.OfNamespace limits) {
    return names <= limits.ports() && portEndpoints <= limits.portEndpoints();
  }
}
