package io.github.topologyxds.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * TLS to the control plane. The files are where Envoy finds them, which need not be here.
 *
 * @param ca who must have signed the server's certificate
 * @param client what Envoy proves with who it is; null: nothing
 */
public record XdsTls(String ca, @Nullable Pair client) {
  /** A certificate chain and its private key. */
  public record Pair(String certificate, String key) {}
}
