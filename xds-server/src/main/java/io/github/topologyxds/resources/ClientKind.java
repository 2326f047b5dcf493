package io.github.topologyxds.resources;

import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.xds.GrpcResources;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A kind of client: by what one is known, and what it gets of each resource type. Here is where a
 * new kind begins. Immutable; two are equal if they are the same.
 */
public final class ClientKind {
  /** Envoy beside a workload: every Service, by one listener and one table of routes. */
  static final ClientKind SIDECAR =
      new ClientKind(
          (client, protocol) -> true,
          Map.of(
              ResourceType.CLUSTER, new SidecarClusters(),
              ResourceType.ENDPOINT, new SidecarEndpoints(),
              ResourceType.LISTENER, new SidecarListener(),
              ResourceType.ROUTE, new SidecarRoutes()));

  /**
   * Envoy beside a workload that asks for each cluster when something goes there. In
   * state-of-the-world the first such name would replace all that Envoy has (measured).
   */
  static final ClientKind ON_DEMAND =
      new ClientKind(
          (client, protocol) ->
              client.sidecar().equals("on-demand") && protocol == XdsProtocol.DELTA,
          Map.of(
              ResourceType.CLUSTER, new OnDemandSidecarClusters(),
              ResourceType.ENDPOINT, new SidecarEndpoints(),
              ResourceType.LISTENER, new OnDemandSidecarListeners(),
              ResourceType.ROUTE, new NoResources()));

  /**
   * A gRPC library without a proxy: a listener for each target, which leads to one cluster. Its
   * route stands in it, and is there by itself for who asks.
   */
  static final ClientKind GRPC =
      new ClientKind(
          (client, protocol) ->
              !client.agent().name().isEmpty() && !client.agent().name().equals("envoy"),
          Map.of(
              ResourceType.CLUSTER, new GrpcClusters(),
              ResourceType.ENDPOINT, new GrpcEndpoints(),
              ResourceType.LISTENER, new GrpcTargets(GrpcResources::listener),
              ResourceType.ROUTE, new GrpcTargets(GrpcResources::routes)));

  /** All that there are: a client is of the first that knows it, and the last knows everybody. */
  static final List<ClientKind> ALL = List.of(GRPC, ON_DEMAND, SIDECAR);

  private final BiPredicate<ClientNode, XdsProtocol> knows;
  private final Map<ResourceType, TypeResources> types;

  /**
   * A kind of client.
   *
   * @param knows whether a client is of this kind, by what it tells of itself and what it speaks
   * @param types what it gets, of every type
   */
  ClientKind(BiPredicate<ClientNode, XdsProtocol> knows, Map<ResourceType, TypeResources> types) {
    this.knows = knows;
    this.types = new EnumMap<>(types);
  }

  /**
   * Returns of which kind a client is.
   *
   * @param kinds all that there are; the last knows everybody
   */
  static ClientKind of(ClientNode client, XdsProtocol protocol, List<ClientKind> kinds) {
    for (ClientKind kind : kinds) {
      if (kind.knows.test(client, protocol)) {
        return kind;
      }
    }
    return kinds.getLast();
  }

  /** Returns what clients of this kind get of a type. */
  TypeResources of(ResourceType type) {
    TypeResources known = types.get(type);
    if (known == null) {
      throw new IllegalStateException("a kind of client without resources of " + type);
    }
    return known;
  }
}
