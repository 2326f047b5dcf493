package io.github.topologyxds.e2e.apiserver;

import java.util.Optional;

/** A kind of object that the substitute holds. */
public enum ResourceKind {
  SERVICES("api/v1", "services", "Service"),
  NODES("api/v1", "nodes", "Node"),
  NAMESPACES("api/v1", "namespaces", "Namespace"),
  PODS("api/v1", "pods", "Pod"),
  EVENTS("api/v1", "events", "Event"),
  ENDPOINTS("api/v1", "endpoints", "Endpoints"),
  ENDPOINT_SLICES("apis/discovery.k8s.io/v1", "endpointslices", "EndpointSlice"),
  LEASES("apis/coordination.k8s.io/v1", "leases", "Lease"),
  CUSTOM_RESOURCE_DEFINITIONS(
      "apis/apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition"),
  SERVICE_CIDRS("apis/networking.k8s.io/v1", "servicecidrs", "ServiceCIDR"),
  EXTERNAL_WORKLOADS("apis/topology-xds.io/v1alpha1", "externalworkloads", "ExternalWorkload");

  private final String root;
  private final String plural;
  private final String kind;

  ResourceKind(String root, String plural, String kind) {
    this.root = root;
    this.plural = plural;
    this.kind = kind;
  }

  /** The path under which its API version lives: {@code apis/discovery.k8s.io/v1}. */
  String root() {
    return root;
  }

  /** As in paths and in RBAC: {@code endpointslices}. */
  public String plural() {
    return plural;
  }

  /** As in manifests: {@code EndpointSlice}. */
  public String kind() {
    return kind;
  }

  /** As in manifests: {@code discovery.k8s.io/v1}. */
  public String apiVersion() {
    return root.substring(root.indexOf('/') + 1);
  }

  /** {@code discovery.k8s.io}; empty for the core group. */
  public String group() {
    String version = apiVersion();
    int slash = version.indexOf('/');
    return slash < 0 ? "" : version.substring(0, slash);
  }

  /** The path of its cluster-wide list: {@code /apis/discovery.k8s.io/v1/endpointslices}. */
  public String path() {
    return "/" + root + "/" + plural;
  }

  /** As most Status messages name it: {@code endpointslices.discovery.k8s.io}. */
  String qualifiedPlural() {
    return group().isEmpty() ? plural : plural + "." + group();
  }

  /** As the Status messages of validation name it: {@code EndpointSlice.discovery.k8s.io}. */
  String qualifiedKind() {
    return group().isEmpty() ? kind : kind + "." + group();
  }

  boolean namespaced() {
    return switch (this) {
      case NODES, NAMESPACES, CUSTOM_RESOURCE_DEFINITIONS, SERVICE_CIDRS -> false;
      case SERVICES, PODS, EVENTS, ENDPOINTS, ENDPOINT_SLICES, LEASES, EXTERNAL_WORKLOADS -> true;
    };
  }

  /** Whether its status is written through {@code /status} alone. */
  boolean hasStatus() {
    return switch (this) {
      case SERVICES,
          NODES,
          NAMESPACES,
          PODS,
          CUSTOM_RESOURCE_DEFINITIONS,
          SERVICE_CIDRS,
          EXTERNAL_WORKLOADS ->
          true;
      case EVENTS, ENDPOINTS, ENDPOINT_SLICES, LEASES -> false;
    };
  }

  /** Whether its objects count their changes in {@code metadata.generation}. */
  boolean hasGeneration() {
    return switch (this) {
      case ENDPOINT_SLICES, PODS, CUSTOM_RESOURCE_DEFINITIONS, SERVICE_CIDRS, EXTERNAL_WORKLOADS ->
          true;
      case SERVICES, NODES, NAMESPACES, EVENTS, ENDPOINTS, LEASES -> false;
    };
  }

  /** Whether a PUT makes what is not there (AllowCreateOnUpdate in the real strategies). */
  boolean putCreates() {
    return switch (this) {
      case SERVICES, ENDPOINTS, EVENTS, LEASES -> true;
      case NODES,
          NAMESPACES,
          PODS,
          ENDPOINT_SLICES,
          CUSTOM_RESOURCE_DEFINITIONS,
          SERVICE_CIDRS,
          EXTERNAL_WORKLOADS ->
          false;
    };
  }

  static Optional<ResourceKind> of(String root, String plural) {
    for (ResourceKind kind : values()) {
      if (kind.root.equals(root) && kind.plural.equals(plural)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  static Optional<ResourceKind> ofManifest(String apiVersion, String kindName) {
    for (ResourceKind kind : values()) {
      if (kind.kind.equals(kindName) && kind.apiVersion().equals(apiVersion)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
