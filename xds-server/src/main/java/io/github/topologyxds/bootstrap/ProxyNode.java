package io.github.topologyxds.bootstrap;

import io.github.topologyxds.model.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an Envoy runs.
 *
 * @param node name of the Kubernetes Node
 * @param namespace namespace of the client
 * @param region only for Envoys whose Node the server cannot look up, else null
 * @param zone only for Envoys whose Node the server cannot look up, else null
 * @param family which endpoints of dual-stack Services; null: each Service's primary family
 * @param services the Services that it calls, {@code namespace/service} or {@code namespace/*};
 *     empty: every one
 */
public record ProxyNode(
    String node,
    String namespace,
    @Nullable String region,
    @Nullable String zone,
    @Nullable Family family,
    List<String> services) {
  public static final String DEFAULT_NAMESPACE = "default";

  public ProxyNode {
    services = List.copyOf(services);
  }

  public static ProxyNode on(String node) {
    return new ProxyNode(node, DEFAULT_NAMESPACE, null, null, null, List.of());
  }

  public ProxyNode inNamespace(String newNamespace) {
    return new ProxyNode(node, newNamespace, region, zone, family, services);
  }

  public ProxyNode at(@Nullable String newRegion, @Nullable String newZone) {
    return new ProxyNode(node, namespace, newRegion, newZone, family, services);
  }

  public ProxyNode asking(@Nullable Family newFamily) {
    return new ProxyNode(node, namespace, region, zone, newFamily, services);
  }

  public ProxyNode calling(List<String> newServices) {
    return new ProxyNode(node, namespace, region, zone, family, newServices);
  }
}
