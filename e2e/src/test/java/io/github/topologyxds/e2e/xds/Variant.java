package io.github.topologyxds.e2e.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the two variants of the protocol say the same. Owner: one stream. */
sealed interface Variant<Q, R> {
  /**
   * Returns the request that changes what is subscribed to.
   *
   * @param node null but in the first request
   */
  Q request(
      ResourceType type, Collection<String> names, Collection<String> gone, @Nullable Node node);

  /** Returns the request that accepts a response. */
  Q acceptance(R response);

  /** Says what is new. */
  record Delta() implements Variant<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    @Override
    public DeltaDiscoveryRequest request(
        ResourceType type, Collection<String> names, Collection<String> gone, @Nullable Node node) {
      DeltaDiscoveryRequest.Builder request =
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(type.typeUrl())
              .addAllResourceNamesSubscribe(names)
              .addAllResourceNamesUnsubscribe(gone);
      return (node == null ? request : request.setNode(node)).build();
    }

    @Override
    public DeltaDiscoveryRequest acceptance(DeltaDiscoveryResponse response) {
      return DeltaDiscoveryRequest.newBuilder()
          .setTypeUrl(response.getTypeUrl())
          .setResponseNonce(response.getNonce())
          .build();
    }
  }

  /** Says all of a type, again and again. */
  final class StateOfTheWorld implements Variant<DiscoveryRequest, DiscoveryResponse> {
    private final Map<ResourceType, Set<String>> subscribed = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, DiscoveryResponse> accepted = new EnumMap<>(ResourceType.class);

    @Override
    public DiscoveryRequest request(
        ResourceType type, Collection<String> names, Collection<String> gone, @Nullable Node node) {
      Set<String> all = subscribed.computeIfAbsent(type, t -> new TreeSet<>());
      all.addAll(names);
      all.removeAll(gone);
      DiscoveryRequest.Builder request = next(type);
      return (node == null ? request : request.setNode(node)).build();
    }

    @Override
    public DiscoveryRequest acceptance(DiscoveryResponse response) {
      ResourceType type = ResourceType.of(response.getTypeUrl()).orElseThrow();
      accepted.put(type, response);
      return next(type).build();
    }

    private DiscoveryRequest.Builder next(ResourceType type) {
      DiscoveryResponse last = accepted.getOrDefault(type, DiscoveryResponse.getDefaultInstance());
      return DiscoveryRequest.newBuilder()
          .setTypeUrl(type.typeUrl())
          .setVersionInfo(last.getVersionInfo())
          .setResponseNonce(last.getNonce())
          .addAllResourceNames(subscribed.getOrDefault(type, Set.of()));
    }
  }
}
