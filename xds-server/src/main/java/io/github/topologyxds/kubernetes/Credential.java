package io.github.topologyxds.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * How requests show who they are. What was asked for and did not come is an error: a server must
 * never be asked anonymously by mistake. No message quotes a secret, or what a plugin wrote. Any
 * thread.
 */
public interface Credential {
  /** Nothing was asked for: what the kubeconfig itself holds, or a proxy on loopback. */
  Credential NONE = new Fixed(new Proof("", null));

  /**
   * Returns what the next request is to show.
   *
   * @throws ApiFailure UNAVAILABLE when it cannot be had now
   */
  Proof proof() throws ApiFailure, InterruptedException;

  /** The server has answered 401 to a request that showed this: it is to be had anew. */
  void refused(Proof proof);

  /**
   * What a request shows.
   *
   * @param header {@code Authorization}, "" for none
   * @param certificate of the connection; null: the one of the kubeconfig, if it has one
   */
  record Proof(String header, @Nullable ClientCertificate certificate) {
    static Proof bearer(String token) {
      return new Proof("Bearer " + token, null);
    }

    @Override
    public String toString() {
      return "Proof[****]";
    }
  }

  /** A token or a password that stands in the kubeconfig. */
  record Fixed(Proof proof) implements Credential {
    @Override
    public void refused(Proof refused) {
      // It is what the file says.
    }
  }
}
