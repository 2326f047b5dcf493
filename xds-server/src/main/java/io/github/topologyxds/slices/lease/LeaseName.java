package io.github.topologyxds.slices.lease;

/** The Lease that one writer at a time holds; its full name is the installation's id. */
public record LeaseName(String namespace, String name) {
  /** Returns what the annotation {@code topology-xds.io/installation} holds. */
  public String installation() {
    return namespace + "/" + name;
  }

  /** Returns the path of its namespace's Leases at the API server. */
  public String collection() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  /** Returns its path at the API server. */
  public String path() {
    return collection() + "/" + name;
  }
}
