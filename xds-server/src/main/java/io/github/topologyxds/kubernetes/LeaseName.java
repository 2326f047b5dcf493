package io.github.topologyxds.kubernetes;

/** Which Lease it is. */
public record LeaseName(String namespace, String name) {
  /** Returns {@code namespace/name}: what {@code topology-xds.io/installation} holds. */
  public String installation() {
    return namespace + "/" + name;
  }

  /** Returns the path of all Leases of its namespace, where it is created. */
  public String collection() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  /** Returns its own path. */
  public String path() {
    return collection() + "/" + name;
  }
}
