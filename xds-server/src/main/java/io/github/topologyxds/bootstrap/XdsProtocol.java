package io.github.topologyxds.bootstrap;

/** How changes travel on the ADS stream. */
public enum XdsProtocol {
  /** Incremental: what has changed. */
  DELTA("delta", "DELTA_GRPC"),
  /** State of the world. */
  SOTW("sotw", "GRPC");

  private final String label;
  private final String apiType;

  XdsProtocol(String label, String apiType) {
    this.label = label;
    this.apiType = apiType;
  }

  /** As written on the command line. */
  public String label() {
    return label;
  }

  /** Envoy's {@code ApiConfigSource.ApiType}. */
  String apiType() {
    return apiType;
  }
}
