package io.github.topologyxds.bootstrap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the control plane. The files are where Envoy finds them, which need not be here.
 *
 * @param ca who must have signed the server's certificate
 * @param client what Envoy proves with who it is; null: nothing
 * @param token the Pod's token, as the kubelet projects it; empty: none is shown
 * @param rotation how Envoy follows the files; empty: it reads them once, when it starts
 */
public record XdsTls(
    String ca, @Nullable Pair client, Optional<String> token, Optional<Rotation> rotation) {
  /** One whose files are read once. */
  public XdsTls(String ca, @Nullable Pair client) {
    this(ca, client, Optional.empty(), Optional.empty());
  }

  /** A certificate chain and its private key. */
  public record Pair(String certificate, String key) {}

  /**
   * Envoy follows files that files of its own name (SDS), one for each secret.
   *
   * @param folder where those stand, for Envoy
   */
  public record Rotation(String folder) {
    /** Returns where Envoy finds the file of one secret. */
    String file(SecretFile secret) {
      return (folder.endsWith("/") ? folder : folder + "/") + secret.fileName();
    }
  }
}
