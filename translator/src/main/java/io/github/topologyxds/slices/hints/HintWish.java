package io.github.topologyxds.slices.hints;

/**
 * Which hints a Service asks its own slices to carry, the precedence of its annotations and {@code
 * spec.trafficDistribution} applied (k8s.io/endpointslice 0.36.3, reconciler.go).
 */
public enum HintWish {
  /** Nobody owns hints: those that stand are removed. */
  NONE,
  /** {@code topology-mode: Auto}: in proportion to the zones' CPU. */
  AUTO,
  /** PreferSameZone, PreferClose: each endpoint for its own zone. */
  OWN_ZONE,
  /** PreferSameNode: each endpoint for its own zone and node. */
  OWN_ZONE_AND_NODE
}
