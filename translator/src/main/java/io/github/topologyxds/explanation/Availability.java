package io.github.topologyxds.explanation;

/** The two kinds of hosts that Envoy sends requests to, in its order. */
enum Availability {
  HEALTHY,
  /** The last resort before 503. */
  DEGRADED
}
