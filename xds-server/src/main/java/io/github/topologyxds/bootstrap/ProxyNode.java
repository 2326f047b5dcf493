package io.github.topologyxds.bootstrap;

import io.github.topologyxds.model.Family;
import org.jspecify.annotations.Nullable;

/**
 * Where an Envoy runs.
 *
 * @param node name of the Kubernetes Node
 * @param namespace namespace of the client
 * @param region only for Envoys whose Node the server cannot look up, else null
 * @param zone only for Envoys whose Node the server cannot look up, else null
 * @param family which endpoints of dual-stack Services; null: each Service's primary family
 */
public record ProxyNode(
    String node,
    String namespace,
    @Nullable String region,
    @Nullable String zone,
    @Nullable Family family) {
  public static final String DEFAULT_NAMESPACE = "default";

  public static ProxyNode on(String node) {
    return new ProxyNode(node, DEFAULT_NAMESPACE, null, null, null);
  }

  public ProxyNode inNamespace(String newNamespace) {
    return new ProxyNode(node, newNamespace, region, zone, family);
  }

  public ProxyNode at(@Nullable String newRegion, @Nullable String newZone) {
    return new ProxyNode(node, namespace, newRegion, newZone, family);
  }

  public ProxyNode asking(@Nullable Family newFamily) {
    return new ProxyNode(node, namespace, region, zone, newFamily);
  }
}
