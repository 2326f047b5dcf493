package io.github.topologyxds.model;

/**
 * The kinds of Kubernetes objects that are read, as the API names them; sorted so that what others
 * refer to comes first.
 */
public enum ObjectKind {
  NAMESPACE("v1", "Namespace", "namespaces"),
  NODE("v1", "Node", "nodes"),
  SERVICE("v1", "Service", "services"),
  SLICE("discovery.k8s.io/v1", "EndpointSlice", "endpointslices"),
  ENDPOINTS("v1", "Endpoints", "endpoints"),
  EXTERNAL_WORKLOAD("topology-xds.io/v1alpha1", "ExternalWorkload", "externalworkloads"),
  ZONAL_SHIFT("topology-xds.io/v1alpha1", "ZonalShift", "zonalshifts"),
  SERVICE_CIDR("networking.k8s.io/v1", "ServiceCIDR", "servicecidrs");

  private final String apiVersion;
  private final String label;
  private final String plural;

  ObjectKind(String apiVersion, String label, String plural) {
    this.apiVersion = apiVersion;
    this.label = label;
    this.plural = plural;
  }

  /** Returns what objects of the kind carry as their {@code apiVersion}, such as {@code v1}. */
  public String apiVersion() {
    return apiVersion;
  }

  /** Returns the API's {@code kind}. */
  public String label() {
    return label;
  }

  /** Returns the resource as paths and RBAC rules write it. */
  public String plural() {
    return plural;
  }

  /** Returns the path of the API group and version, such as {@code /api/v1}. */
  public String groupPath() {
    return (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
  }

  /** Returns whether objects of the kind are in a Namespace. */
  public boolean namespaced() {
    return switch (this) {
      case NAMESPACE, NODE, ZONAL_SHIFT, SERVICE_CIDR -> false;
      case SERVICE, SLICE, ENDPOINTS, EXTERNAL_WORKLOAD -> true;
    };
  }
}
