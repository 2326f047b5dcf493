package io.github.topologyxds.topology.decision;

/** Which endpoints take new requests. */
public enum Eligibility {
  READY,
  /** None is ready, so those that still serve while they terminate (KEP-1669). */
  TERMINATING
}
