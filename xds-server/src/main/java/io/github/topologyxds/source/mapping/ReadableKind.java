package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.github.topologyxds.model.ObjectKind;
import java.util.List;

/** The kinds that are read, with the classes that say which fields they have. */
public enum ReadableKind {
  NAMESPACE(ObjectKind.NAMESPACE, Namespace.class),
  NODE(ObjectKind.NODE, Node.class),
  SERVICE(ObjectKind.SERVICE, Service.class),
  SLICE(ObjectKind.SLICE, EndpointSlice.class),
  ENDPOINTS(ObjectKind.ENDPOINTS, Endpoints.class),
  EXTERNAL_WORKLOAD(ObjectKind.EXTERNAL_WORKLOAD, ExternalWorkloadObject.class),
  ZONAL_SHIFT(ObjectKind.ZONAL_SHIFT, ZonalShiftObject.class),
  SERVICE_CIDR(ObjectKind.SERVICE_CIDR, ServiceCIDR.class);

  /** What clients are served from. */
  public static final List<ReadableKind> ROUTING =
      List.of(NAMESPACE, NODE, SERVICE, SLICE, ZONAL_SHIFT, SERVICE_CIDR);

  /** What EndpointSlices of our own are planned from. */
  public static final List<ReadableKind> PLANNING =
      List.of(NODE, SERVICE, ENDPOINTS, SLICE, EXTERNAL_WORKLOAD);

  private final ObjectKind kind;
  private final Class<? extends HasMetadata> fields;

  ReadableKind(ObjectKind kind, Class<? extends HasMetadata> fields) {
    this.kind = kind;
    this.fields = fields;
  }

  /** Returns how the API names the kind. */
  public ObjectKind kind() {
    return kind;
  }

  /** Returns fabric8's class, which says which fields the kind has. */
  public Class<? extends HasMetadata> fields() {
    return fields;
  }
}
