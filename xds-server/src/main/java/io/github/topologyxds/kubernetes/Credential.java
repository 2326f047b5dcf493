package io.github.topologyxds.kubernetes;

/**
 * How requests show who they are. What was asked for and did not come is an error: a server must
 * never be asked anonymously by mistake. No message quotes a secret, or what a plugin wrote. Any
 * thread.
 */
public interface Credential {
  /** Nothing was asked for: a client certificate alone, or a proxy on loopback. */
  Credential NONE =
      new Credential() {
        @Override
        public String header() {
          return "";
        }

        @Override
        public void refused(String header) {
          // There is nothing that could be read anew.
        }
      };

  /**
   * Returns the header {@code Authorization}, "" for none.
   *
   * @throws ApiFailure UNAVAILABLE when it cannot be had now
   */
  String header() throws ApiFailure, InterruptedException;

  /** The server has answered 401 to this header: it is to be had anew. */
  void refused(String header);

  /** A token or a password that stands in the kubeconfig. */
  record Fixed(String header) implements Credential {
    @Override
    public void refused(String refused) {
      // It is what the file says.
    }

    @Override
    public String toString() {
      return "Fixed[****]";
    }
  }
}
