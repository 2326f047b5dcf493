package io.github.topologyxds.e2e.apiserver;

/** How a connection or a watch comes to its end. */
public enum Ending {
  /** As after timeoutSeconds: with the last chunk. */
  CLEAN,
  /** The connection is closed in the middle of the chunked body. */
  CUT,
  /** The connection is reset. */
  RESET
}
