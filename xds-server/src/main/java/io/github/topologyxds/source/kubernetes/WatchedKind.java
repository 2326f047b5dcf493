package io.github.topologyxds.source.kubernetes;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.source.ExternalWorkloadObject;
import io.github.topologyxds.source.KubernetesMapper;
import io.github.topologyxds.source.MappedObject;
import io.github.topologyxds.source.PlanningObjects;
import io.github.topologyxds.state.ObjectKind;
import java.util.List;

/** The kinds that are watched, as the API serves them, and as who reads them. */
enum WatchedKind {
  NAMESPACE(ObjectKind.NAMESPACE, "/api/v1", "namespaces", Namespace.class),
  NODE(ObjectKind.NODE, "/api/v1", "nodes", Node.class),
  SERVICE(ObjectKind.SERVICE, "/api/v1", "services", Service.class),
  SLICE(ObjectKind.SLICE, "/apis/discovery.k8s.io/v1", "endpointslices", EndpointSlice.class),

  PLANNED_NODE(ObjectKind.NODE, "/api/v1", "nodes", Node.class),
  PLANNED_SERVICE(ObjectKind.SERVICE, "/api/v1", "services", Service.class),
  PLANNED_SLICE(
      ObjectKind.SLICE, "/apis/discovery.k8s.io/v1", "endpointslices", EndpointSlice.class),
  ENDPOINTS(ObjectKind.ENDPOINTS, "/api/v1", "endpoints", Endpoints.class),
  EXTERNAL_WORKLOAD(
      ObjectKind.EXTERNAL_WORKLOAD,
      "/apis/topology-xds.io/v1alpha1",
      "externalworkloads",
      ExternalWorkloadObject.class);

  /** What clients are served from. */
  static final List<WatchedKind> ROUTING = List.of(NAMESPACE, NODE, SERVICE, SLICE);

  /** What EndpointSlices of our own are made from ({@code --manage-slices}). */
  static final List<WatchedKind> PLANNING =
      List.of(PLANNED_NODE, PLANNED_SERVICE, PLANNED_SLICE, ENDPOINTS, EXTERNAL_WORKLOAD);

  private final ObjectKind kind;
  private final String groupPath;
  private final String plural;
  private final Class<? extends HasMetadata> type;

  WatchedKind(ObjectKind kind, String groupPath, String plural, Class<? extends HasMetadata> type) {
    this.kind = kind;
    this.groupPath = groupPath;
    this.plural = plural;
    this.type = type;
  }

  /** Maps one object of {@link #type}. */
  MappedObject map(HasMetadata object) {
    return switch (this) {
      case NAMESPACE -> KubernetesMapper.map((Namespace) object);
      case NODE -> KubernetesMapper.map((Node) object);
      case SERVICE -> KubernetesMapper.map((Service) object);
      case SLICE -> KubernetesMapper.map((EndpointSlice) object);
      case PLANNED_NODE -> PlanningObjects.map((Node) object);
      case PLANNED_SERVICE -> PlanningObjects.map((Service) object);
      case PLANNED_SLICE -> PlanningObjects.map((EndpointSlice) object);
      case ENDPOINTS -> PlanningObjects.map((Endpoints) object);
      case EXTERNAL_WORKLOAD -> PlanningObjects.map((ExternalWorkloadObject) object);
    };
  }

  ObjectKind kind() {
    return kind;
  }

  /** Returns the path of the API group, such as {@code /api/v1}. */
  String groupPath() {
    return groupPath;
  }

  /** Returns what objects of the kind carry as their apiVersion, such as {@code v1}. */
  String apiVersion() {
    return groupPath.startsWith("/apis/")
        ? groupPath.substring("/apis/".length())
        : groupPath.substring("/api/".length());
  }

  /** Returns the resource as paths and RBAC rules write it. */
  String plural() {
    return plural;
  }

  Class<? extends HasMetadata> type() {
    return type;
  }

  /** Whether clients wait for it; else slices of our own do. */
  boolean routes() {
    return ROUTING.contains(this);
  }

  /**
   * Returns how many objects one answer to a LIST holds at most. 500 is what kubectl asks for, but
   * a slice may hold 1,000 endpoints: 500 such slices would be 150 MB.
   */
  int pageSize() {
    return kind == ObjectKind.SLICE ? 250 : 500;
  }
}
