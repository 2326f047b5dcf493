package io.github.topologyxds.source;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  static Optional<UsedKind> of(String apiVersion, String kind) {
    for (UsedKind used : values()) {
      if (used.apiVersion.equals(apiVersion) && used.label.equals(kind)) {
        return Optional.of(used);
      }
    }
    return Optional.empty();
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

  MappedObject map(Map<String, @Nullable Object> values) {
    return switch (this) {
      case NAMESPACE -> KubernetesMapper.map(BINDER.convertValue(values, Namespace.class));
      case NODE -> KubernetesMapper.map(BINDER.convertValue(values, Node.class));
      case SERVICE -> KubernetesMapper.map(BINDER.convertValue(values, Service.class));
      case SLICE -> KubernetesMapper.map(BINDER.convertValue(values, EndpointSlice.class));
    };
  }
}
