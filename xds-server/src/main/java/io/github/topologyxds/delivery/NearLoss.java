package io.github.topologyxds.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.xds.XdsResource;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether a change takes the last healthy near endpoint away: of those that a client sends its
 * requests to, none is healthy and near any more. Until it knows, its requests run into the dead.
 *
 * <p>Clients share what they have and what they get, so each pair is looked at once. Owner: the
 * sessions' thread; lives for one publication.
 */
final class NearLoss {
  private final IdentityHashMap<XdsResource, Set<String>> nearest = new IdentityHashMap<>();

  /** Returns whether a client that has the one is in trouble until it gets the other. */
  boolean isBetween(XdsResource has, XdsResource next) {
    Set<String> before = nearest(has);
    return !before.isEmpty() && before.stream().noneMatch(nearest(next)::contains);
  }

  private Set<String> nearest(XdsResource assignment) {
    return nearest.computeIfAbsent(assignment, NearLoss::healthyNearest);
  }

  private static Set<String> healthyNearest(XdsResource assignment) {
    Set<String> addresses = new HashSet<>();
    try {
      ClusterLoadAssignment.parseFrom(assignment.packed().getValue()).getEndpointsList().stream()
          .filter(locality -> locality.getPriority() == 0)
          .flatMap(locality -> locality.getLbEndpointsList().stream())
          // Envoy takes what is said nothing of for healthy.
          .filter(endpoint ->
              endpoint.getHealthStatus() == HealthStatus.HEALTHY
                  || endpoint.getHealthStatus() == HealthStatus.UNKNOWN)
          .map(endpoint -> endpoint.getEndpoint().getAddress().getSocketAddress())
          .forEach(socket -> addresses.add(socket.getAddress() + " " + socket.getPortValue()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a load assignment of ours is none", e);
    }
    return addresses;
  }
}
