package io.github.topologyxds.identity;

/**
 * A client as its credential proves it. What the credential does not tell is "".
 *
 * @param source which credential proves it
 * @param namespace of the service account
 * @param serviceAccount its name
 * @param pod the Pod's name; a certificate does not tell it
 * @param node the Node that the Pod runs on; "" in tokens of clusters before 1.32 where the feature
 *     is off, and in certificates without {@code /node/}
 */
public record ClientIdentity(
    Source source, String namespace, String serviceAccount, String pod, String node) {
  /** What proves an identity. */
  public enum Source {
    TOKEN("token"),
    CERTIFICATE("certificate");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    /** Returns the value of the metric label {@code identity}. */
    public String label() {
      return label;
    }
  }

  /** Returns how Kubernetes names the account, for logs. */
  @Override
  public String toString() {
    String who = "system:serviceaccount:" + namespace + ":" + serviceAccount;
    return pod.isEmpty() ? who : who + " (Pod " + pod + ")";
  }
}
