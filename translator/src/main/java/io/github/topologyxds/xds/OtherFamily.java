package io.github.topologyxds.xds;

import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the pods behind one family's endpoints are reached in the other family. Kubernetes writes
 * one slice for each family; {@code targetRef.uid} tells that two endpoints are one pod. Envoy then
 * tries both addresses of a host (happy eyeballs, {@code Endpoint.additional_addresses}).
 */
final class OtherFamily {
  /** For clients that ask for one family, and for UDP, which has no connections to try. */
  static final OtherFamily NONE = new OtherFamily(null);

  private final @Nullable PortRouting routing;

  /**
   * Takes the addresses of the other family.
   *
   * @param routing of the same service port; of several endpoints for one pod the first counts
   */
  OtherFamily(@Nullable PortRouting routing) {
    this.routing = routing;
  }

  @Nullable IpPort of(UsableEndpoint endpoint) {
    if (routing == null) {
      return null;
    }
    UsableEndpoint other = routing.endpoints().byTarget().get(endpoint.name().targetUid());
    return other == null ? null : IpPort.of(routing, other);
  }

  /** True when at least one of these endpoints has an address here as well. */
  boolean knowsAnyOf(List<UsableEndpoint> endpoints) {
    return endpoints.stream().anyMatch(endpoint -> of(endpoint) != null);
  }
}
