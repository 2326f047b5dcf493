package io.github.topologyxds.source;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** The kinds that planning of EndpointSlices reads; all others are passed over. */
enum PlanningKind implements ReadableKind {
  NODE("v1", "Node", Node.class),
  SERVICE("v1", "Service", Service.class),
  ENDPOINTS("v1", "Endpoints", Endpoints.class),
  SLICE("discovery.k8s.io/v1", "EndpointSlice", EndpointSlice.class),
  EXTERNAL_WORKLOAD(
      ExternalWorkloadObject.API_VERSION,
      ExternalWorkloadObject.KIND,
      ExternalWorkloadObject.class);

  private final String apiVersion;
  private final String label;
  private final Class<?> fabric8;

  PlanningKind(String apiVersion, String label, Class<?> fabric8) {
    this.apiVersion = apiVersion;
    this.label = label;
    this.fabric8 = fabric8;
  }

  @Override
  public String apiVersion() {
    return apiVersion;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Class<?> fabric8() {
    return fabric8;
  }

  @Override
  public boolean namespaced() {
    return this != NODE;
  }
}
