package io.github.topologyxds.topology.endpoint;

/** What the conditions of an endpoint make of it, whoever asks. */
public enum EndpointCondition {
  READY,
  /** Not ready, but it still serves while it terminates. */
  TERMINATING,
  /** Not ready now, but ready before: lost capacity. */
  UNREADY
}
