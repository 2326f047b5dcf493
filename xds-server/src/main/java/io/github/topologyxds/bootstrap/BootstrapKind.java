package io.github.topologyxds.bootstrap;

/**
 * Which part of its configuration a client takes from us. Each kind of Envoy is one file in
 * envoy-configs.
 */
public enum BootstrapKind {
  /** Listener, routes, clusters and endpoints. */
  SIDECAR("sidecar"),
  /** Clusters and endpoints. */
  GATEWAY("gateway"),
  /** Endpoints alone. */
  EDS_ONLY("eds-only"),
  /** No Envoy: all that a gRPC library needs that is its own xDS client. */
  GRPC("grpc");

  private final String label;

  BootstrapKind(String label) {
    this.label = label;
  }

  /** As written on the command line, and the file's name without its ending. */
  public String label() {
    return label;
  }

  String resource() {
    return "/envoy-configs/" + label + ".yaml";
  }
}
