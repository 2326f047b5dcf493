package io.github.topologyxds.source;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import tools.jackson.databind.json.JsonMapper;

/** The kinds that are read; all others are passed over. */
enum UsedKind implements ReadableKind {
  NAMESPACE("v1", "Namespace", Namespace.class),
  NODE("v1", "Node", Node.class),
  SERVICE("v1", "Service", Service.class),
  SLICE("discovery.k8s.io/v1", "EndpointSlice", EndpointSlice.class);

  /** Only for trees that {@link ObjectDecoder} has checked, so that binding does not fail. */
  private static final JsonMapper BINDER = JsonMapper.builder().build();

  private final String apiVersion;
  private final String label;
  private final Class<?> fabric8;

  UsedKind(String apiVersion, String label, Class<?> fabric8) {
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
    return this == SERVICE || this == SLICE;
  }

  MappedObject map(ObjectTarget.Written written) {
    Places places = written.places();
    return switch (this) {
      case NAMESPACE -> KubernetesMapper.map(bind(written, Namespace.class), places);
      case NODE -> KubernetesMapper.map(bind(written, Node.class), places);
      case SERVICE -> KubernetesMapper.map(bind(written, Service.class), places);
      case SLICE -> KubernetesMapper.map(bind(written, EndpointSlice.class), places);
    };
  }

  private static <T> T bind(ObjectTarget.Written written, Class<T> type) {
    return BINDER.convertValue(written.values(), type);
  }
}
