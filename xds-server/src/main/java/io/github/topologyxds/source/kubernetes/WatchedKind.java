package io.github.topologyxds.source.kubernetes;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.source.mapping.ExternalWorkloadObject;
import io.github.topologyxds.source.mapping.KubernetesMapper;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.source.mapping.Places;
import io.github.topologyxds.source.mapping.PlanningObjects;
import io.github.topologyxds.source.mapping.ReadableKind;
import io.github.topologyxds.source.mapping.ZonalShiftObject;
import java.util.List;

/** The kinds that are watched, as the API serves them, and as who reads them. */
public enum WatchedKind {
  NAMESPACE(ReadableKind.NAMESPACE),
  NODE(ReadableKind.NODE),
  SERVICE(ReadableKind.SERVICE),
  SLICE(ReadableKind.SLICE),
  ZONAL_SHIFT(ReadableKind.ZONAL_SHIFT),
  SERVICE_CIDR(ReadableKind.SERVICE_CIDR),
  PLANNED_NODE(ReadableKind.NODE),
  PLANNED_SERVICE(ReadableKind.SERVICE),
  PLANNED_SLICE(ReadableKind.SLICE),
  ENDPOINTS(ReadableKind.ENDPOINTS),
  EXTERNAL_WORKLOAD(ReadableKind.EXTERNAL_WORKLOAD);

  /** What clients are served from. */
  static final List<WatchedKind> ROUTING =
      List.of(NAMESPACE, NODE, SERVICE, SLICE, ZONAL_SHIFT, SERVICE_CIDR);

  /** What EndpointSlices of our own are made from ({@code --manage-slices}). */
  static final List<WatchedKind> PLANNING =
      List.of(PLANNED_NODE, PLANNED_SERVICE, PLANNED_SLICE, ENDPOINTS, EXTERNAL_WORKLOAD);

  private final ReadableKind readable;

  WatchedKind(ReadableKind readable) {
    this.readable = readable;
  }

  /** Maps one object of {@link #type}. */
  MappedObject map(HasMetadata object) {
    return switch (this) {
      case NAMESPACE -> KubernetesMapper.map((Namespace) object, Places.NOWHERE);
      case NODE -> KubernetesMapper.map((Node) object);
      case SERVICE -> KubernetesMapper.map((Service) object);
      case SLICE -> KubernetesMapper.map((EndpointSlice) object);
      case ZONAL_SHIFT -> KubernetesMapper.map((ZonalShiftObject) object, Places.NOWHERE);
      case SERVICE_CIDR -> KubernetesMapper.map((ServiceCIDR) object, Places.NOWHERE);
      case PLANNED_NODE -> PlanningObjects.map((Node) object);
      case PLANNED_SERVICE -> PlanningObjects.map((Service) object);
      case PLANNED_SLICE -> PlanningObjects.map((EndpointSlice) object);
      case ENDPOINTS -> PlanningObjects.map((Endpoints) object);
      case EXTERNAL_WORKLOAD -> PlanningObjects.map((ExternalWorkloadObject) object);
    };
  }

  ObjectKind kind() {
    return readable.kind();
  }

  Class<? extends HasMetadata> type() {
    return readable.fields();
  }

  /** Whether a cluster need not have it, nor give the right to it: then there is none. */
  boolean optional() {
    return this == ZONAL_SHIFT || this == SERVICE_CIDR;
  }

  /**
   * Whether the first state comes without it where it does not come soon: what it tells follows
   * from other kinds, too, if less exactly. Nobody shifts a zone by not answering.
   */
  boolean dispensable() {
    return this == SERVICE_CIDR;
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
    return kind() == ObjectKind.SLICE ? 250 : 500;
  }
}
