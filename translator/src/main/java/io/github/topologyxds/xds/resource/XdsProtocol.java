package io.github.topologyxds.xds.resource;

/**
 * The two variants of the xDS transport protocol, which carry the same resources (Envoy's "xDS REST
 * and gRPC protocol").
 */
public enum XdsProtocol {
  /** Incremental: only what is new, different or gone. */
  DELTA("delta"),
  /** A response to CDS or LDS is the whole truth; EDS and RDS may be partial. */
  STATE_OF_THE_WORLD("sotw");

  private final String label;

  XdsProtocol(String label) {
    this.label = label;
  }

  /** Returns the variant as written on the command line. */
  public String label() {
    return label;
  }
}
