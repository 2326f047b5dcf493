package io.github.topologyxds.grpc.connection;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A response of either protocol variant.
 *
 * @param resources by name, in the order of the response
 * @param versions of each resource; empty in state-of-the-world
 * @param removed empty in state-of-the-world
 */
public record Answer(
    ResourceType type,
    String nonce,
    Map<String, Any> resources,
    Map<String, String> versions,
    List<String> removed) {

  static Answer of(DiscoveryResponse response) {
    ResourceType type = ResourceType.of(response.getTypeUrl()).orElseThrow();
    Map<String, Any> resources = new LinkedHashMap<>();
    response.getResourcesList().forEach(any -> resources.put(name(type, any), any));
    return new Answer(type, response.getNonce(), resources, Map.of(), List.of());
  }

  static Answer of(DeltaDiscoveryResponse response) {
    Map<String, Any> resources = new LinkedHashMap<>();
    Map<String, String> versions = new LinkedHashMap<>();
    for (Resource resource : response.getResourcesList()) {
      resources.put(resource.getName(), resource.getResource());
      versions.put(resource.getName(), resource.getVersion());
    }
    return new Answer(
        ResourceType.of(response.getTypeUrl()).orElseThrow(),
        response.getNonce(),
        resources,
        versions,
        response.getRemovedResourcesList());
  }

  /** Returns the bytes of the resources alone. */
  int size() {
    return resources.values().stream().mapToInt(resource -> resource.getValue().size()).sum();
  }

  public Set<String> names() {
    return resources.keySet();
  }

  ClusterLoadAssignment assignment(String name) {
    return unpack(packed(name), ClusterLoadAssignment.class);
  }

  int listenerPort(String name) {
    return unpack(packed(name), Listener.class).getAddress().getSocketAddress().getPortValue();
  }

  private Any packed(String name) {
    Any packed = resources.get(name);
    if (packed == null) {
      throw new AssertionError(name + " is not in the response, only " + names());
    }
    return packed;
  }

  /** The addresses of a load assignment, one list for each priority. */
  List<List<String>> tiers(String name) {
    return assignment(name).getEndpointsList().stream()
        .map(locality ->
            locality.getLbEndpointsList().stream()
                .map(e -> e.getEndpoint().getAddress().getSocketAddress().getAddress())
                .toList())
        .toList();
  }

  private static String name(ResourceType type, Any any) {
    return switch (type) {
      case CLUSTER -> unpack(any, Cluster.class).getName();
      case ENDPOINT -> unpack(any, ClusterLoadAssignment.class).getClusterName();
      case LISTENER -> unpack(any, Listener.class).getName();
      case ROUTE -> unpack(any, RouteConfiguration.class).getName();
    };
  }

  private static <T extends com.google.protobuf.Message> T unpack(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
