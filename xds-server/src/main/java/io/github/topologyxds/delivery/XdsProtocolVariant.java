package io.github.topologyxds.delivery;

/** The two ways of the xDS transport protocol to carry the same resources. */
public enum XdsProtocolVariant {
  /** A response to CDS or LDS is the whole truth; EDS and RDS may be partial. */
  STATE_OF_THE_WORLD,
  /** Only what is new, different or gone. */
  DELTA
}
