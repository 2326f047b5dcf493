package io.github.topologyxds.subscription;

/** Whether clusters of a client may wait for their endpoints: Envoy accepts CDS only after that. */
public enum ClusterWarming {
  /** The client has not answered its last clusters yet. */
  POSSIBLE,
  /** It has, or was sent none. */
  OVER
}
