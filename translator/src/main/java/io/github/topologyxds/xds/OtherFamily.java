package io.github.topologyxds.xds;

import io.github.topologyxds.topology.UsableEndpoint;
import io.github.topologyxds.topology.UsableEndpoint.IpPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the pods behind one family's endpoints are reached in the other family. Kubernetes writes
 * one slice for each family; {@code targetRef.uid} tells that two endpoints are one pod. Envoy then
 * tries both addresses of a host (happy eyeballs, {@code Endpoint.additional_addresses}).
 */
final class OtherFamily {
  /** For clients that ask for one family, and for UDP, which has no connections to try. */
  static final OtherFamily NONE = new OtherFamily(List.of());

  private final Map<String, IpPort> byTarget = new HashMap<>();

  /**
   * Takes the addresses of the other family.
   *
   * @param endpoints of the same service port, sorted: of several for one pod the first counts
   */
  OtherFamily(List<UsableEndpoint> endpoints) {
    for (UsableEndpoint endpoint : endpoints) {
      if (!endpoint.name().targetUid().isEmpty()) {
        byTarget.putIfAbsent(endpoint.name().targetUid(), endpoint.ipPort());
      }
    }
  }

  @Nullable IpPort of(UsableEndpoint endpoint) {
    return byTarget.get(endpoint.name().targetUid());
  }

  /** True when at least one of these endpoints has an address here as well. */
  boolean knowsAnyOf(List<UsableEndpoint> endpoints) {
    return endpoints.stream().anyMatch(endpoint -> of(endpoint) != null);
  }
}
