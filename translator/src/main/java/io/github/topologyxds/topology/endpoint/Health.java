package io.github.topologyxds.topology.endpoint;

/**
 * What Envoy is told of an endpoint. Measured with Envoy 1.40: UNHEALTHY counts in the denominator
 * of a priority's health and so spills load, DRAINING does not.
 */
public enum Health {
  HEALTHY,
  UNHEALTHY,
  DRAINING
}
