package io.github.topologyxds.grpc.library;

import io.github.topologyxds.xds.resource.ResourceType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the discovery services a stream belongs to.
 *
 * @param onlyType the one type of a single-type service; null for the aggregated one
 */
record StreamKind(@Nullable ResourceType onlyType) {
  private static final Map<String, ResourceType> SINGLE_TYPE =
      Map.of(
          "envoy.service.cluster.v3.ClusterDiscoveryService", ResourceType.CLUSTER,
          "envoy.service.endpoint.v3.EndpointDiscoveryService", ResourceType.ENDPOINT,
          "envoy.service.listener.v3.ListenerDiscoveryService", ResourceType.LISTENER,
          "envoy.service.route.v3.RouteDiscoveryService", ResourceType.ROUTE);

  static StreamKind of(@Nullable String grpcService) {
    return new StreamKind(grpcService == null ? null : SINGLE_TYPE.get(grpcService));
  }

  /** Returns the type URL that a request means: a single-type service may leave it out. */
  String typeUrl(String requested) {
    return requested.isEmpty() && onlyType != null ? onlyType.typeUrl() : requested;
  }

  /** True for a request of another type than the service's own. */
  boolean forbids(String typeUrl) {
    return onlyType != null && !onlyType.typeUrl().equals(typeUrl);
  }
}
