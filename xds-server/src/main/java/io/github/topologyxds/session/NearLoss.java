package io.github.topologyxds.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.xds.XdsResource;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether a change takes the last healthy near endpoint away: of those that a client sends its
 * requests to, none is healthy and near any more, and it has to fall back to ones that were farther
 * away, or has none. Until it knows, its requests run into the dead.
 *
 * <p>Near endpoints that new ones have replaced are not lost: a rollout that replaces all of them
 * would otherwise undo what holds its pushes back.
 *
 * <p>Clients share what they have and what they get, so each pair is looked at once. Owner: the
 * sessions' thread; lives for one update.
 */
final class NearLoss {
  private final IdentityHashMap<XdsResource, Addresses> known = new IdentityHashMap<>();

  /**
   * What an assignment names.
   *
   * @param near the healthy ones of the first priority
   */
  private record Addresses(Set<String> all, Set<String> near) {}

  /** Returns whether a client that has the one is in trouble until it gets the other. */
  boolean isBetween(XdsResource has, XdsResource next) {
    Addresses before = known.computeIfAbsent(has, NearLoss::read);
    Set<String> near = known.computeIfAbsent(next, NearLoss::read).near();
    return !before.near().isEmpty()
        && Collections.disjoint(before.near(), near)
        && (near.isEmpty() || !Collections.disjoint(before.all(), near));
  }

  private static Addresses read(XdsResource assignment) {
    Set<String> all = new HashSet<>();
    Set<String> near = new HashSet<>();
    try {
      for (LocalityLbEndpoints locality :
          ClusterLoadAssignment.parseFrom(assignment.packed().getValue()).getEndpointsList()) {
        for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
          SocketAddress socket = endpoint.getEndpoint().getAddress().getSocketAddress();
          String address = socket.getAddress() + " " + socket.getPortValue();
          all.add(address);
          if (locality.getPriority() == 0 && isHealthy(endpoint)) {
            near.add(address);
          }
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a load assignment of ours is none", e);
    }
    return new Addresses(all, near);
  }

  /** Envoy takes what is said nothing of for healthy. */
  private static boolean isHealthy(LbEndpoint endpoint) {
    return endpoint.getHealthStatus() == HealthStatus.HEALTHY
        || endpoint.getHealthStatus() == HealthStatus.UNKNOWN;
  }
}
