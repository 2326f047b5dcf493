package io.github.topologyxds.state;

/** The kinds that are watched; sorted so that what others refer to comes first. */
public enum ObjectKind {
  NAMESPACE("Namespace"),
  NODE("Node"),
  SERVICE("Service"),
  SLICE("EndpointSlice"),
  ENDPOINTS("Endpoints"),
  EXTERNAL_WORKLOAD("ExternalWorkload");

  private final String label;

  ObjectKind(String label) {
    this.label = label;
  }

  /** Returns the API's {@code kind}. */
  public String label() {
    return label;
  }
}
