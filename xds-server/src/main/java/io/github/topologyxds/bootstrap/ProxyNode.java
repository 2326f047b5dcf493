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

  /** Returns a client on a Node, of which nothing else is known. */
  public static ProxyNode on(String node) {
    return new ProxyNode(node, DEFAULT_NAMESPACE, null, null, null, List.of());
  }

  /** Returns the same in another namespace. */
  public ProxyNode inNamespace(String newNamespace) {
    return new ProxyNode(node, newNamespace, region, zone, family, services);
  }

  /**
   * Returns the same with a locality of its own, for a Node that the server does not know; null:
   * none.
   */
  public ProxyNode at(@Nullable String newRegion, @Nullable String newZone) {
    return new ProxyNode(node, namespace, newRegion, newZone, family, services);
  }

  /** Returns the same asking for one address family; null: each Service's primary one. */
  public ProxyNode asking(@Nullable Family newFamily) {
    return new ProxyNode(node, namespace, region, zone, newFamily, services);
  }

  /**
   * Returns the same calling these Services only, {@code namespace/service} or {@code namespace/*};
   * none: all.
   */
  public ProxyNode calling(List<String> newServices) {
    return new ProxyNode(node, namespace, region, zone, family, newServices);
  }
}
