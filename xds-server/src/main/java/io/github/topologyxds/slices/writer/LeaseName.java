package io.github.topologyxds.slices.writer;

/** The Lease that one writer at a time holds; its full name is the installation's id. */
public record LeaseName(String namespace, String name) {
  /** Returns what the annotation {@code topology-xds.io/installation} holds. */
  public String installation() {
    return namespace + "/" + name;
  }

  String collection() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  String path() {
    return collection() + "/" + name;
  }
}
