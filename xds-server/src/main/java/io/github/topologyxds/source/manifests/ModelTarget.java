package io.github.topologyxds.source.manifests;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.github.topologyxds.source.manifests.ManifestContent.Located;
import io.github.topologyxds.source.mapping.KubernetesMapper;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.source.mapping.Places;
import io.github.topologyxds.source.mapping.ReadableKind;
import io.github.topologyxds.source.mapping.ZonalShiftObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Collects what routing reads, as model objects; lives on one thread's stack. */
final class ModelTarget implements ObjectTarget {
  /** Only for trees that the decoder has checked, so that binding does not fail. */
  private static final JsonMapper BINDER = JsonMapper.builder().build();

  private final List<Located> objects = new ArrayList<>();

  List<Located> objects() {
    return objects;
  }

  @Override
  public List<ReadableKind> kinds() {
    return ReadableKind.ROUTING;
  }

  @Override
  public Verdict accept(ReadableKind kind, Written written) {
    MappedObject mapped = map(kind, written);
    return switch (mapped) {
      case MappedObject.Accepted accepted -> {
        objects.add(new Located(accepted.object(), written.places().of()));
        yield new Verdict(true, accepted.findings());
      }
      case MappedObject.Refused refused -> new Verdict(false, refused.findings());
    };
  }

  private static MappedObject map(ReadableKind kind, Written written) {
    Places places = written.places();
    return switch (kind) {
      case NAMESPACE -> KubernetesMapper.map(bind(written, Namespace.class), places);
      case NODE -> KubernetesMapper.map(withStatus(written), places);
      case SERVICE -> KubernetesMapper.map(bind(written, Service.class), places);
      case SLICE -> KubernetesMapper.map(bind(written, EndpointSlice.class), places);
      case ZONAL_SHIFT -> KubernetesMapper.map(bind(written, ZonalShiftObject.class), places);
      case SERVICE_CIDR -> KubernetesMapper.map(bind(written, ServiceCIDR.class), places);
      case ENDPOINTS, EXTERNAL_WORKLOAD ->
          throw new IllegalArgumentException(
              kind + " is none of those that clients are served from");
    };
  }

  private static Node withStatus(Written written) {
    Node node = bind(written, Node.class);
    node.setStatus(ManifestStatus.ofNode(written.tree()));
    return node;
  }

  private static <T> T bind(Written written, Class<T> type) {
    return BINDER.convertValue(written.values(), type);
  }
}
