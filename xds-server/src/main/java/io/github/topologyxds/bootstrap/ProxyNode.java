package io.github.topologyxds.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Where an Envoy runs.
 *
 * @param node name of the Kubernetes Node
 * @param namespace namespace of the client
 * @param region only for Envoys whose Node the server cannot look up, else null
 * @param zone only for Envoys whose Node the server cannot look up, else null
 */
public record ProxyNode(
    String node, String namespace, @Nullable String region, @Nullable String zone) {
  public static final String DEFAULT_NAMESPACE = "default";

  public static ProxyNode on(String node) {
    return new ProxyNode(node, DEFAULT_NAMESPACE, null, null);
  }

  public ProxyNode inNamespace(String newNamespace) {
    return new ProxyNode(node, newNamespace, region, zone);
  }

  public ProxyNode at(@Nullable String newRegion, @Nullable String newZone) {
    return new ProxyNode(node, namespace, newRegion, newZone);
  }
}
