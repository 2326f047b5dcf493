package io.github.topologyxds.xds.resource;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Which endpoints a load assignment names: enough to hold one against another, in 8 bytes for each,
 * so that nobody has to read the assignment again. Immutable.
 */
public final class AssignedEndpoints {
  /** The endpoints of a resource that names none. */
  static final AssignedEndpoints NONE = new AssignedEndpoints(new long[0], new long[0]);

  private static final HashFunction HASH = Hashing.sipHash24();

  /** Digests of the healthy endpoints of the first priority, sorted. */
  private final long[] near;

  /** Digests of all other endpoints, sorted. */
  private final long[] others;

  private AssignedEndpoints(long[] near, long[] others) {
    this.near = near;
    this.others = others;
  }

  /** Returns what a message names; nothing, if it is no load assignment. */
  static AssignedEndpoints of(Message message) {
    if (!(message instanceof ClusterLoadAssignment assignment)
        || assignment.getEndpointsCount() == 0) {
      return NONE;
    }
    LongStream.Builder near = LongStream.builder();
    LongStream.Builder others = LongStream.builder();
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        boolean isNear = locality.getPriority() == 0 && isHealthy(endpoint);
        (isNear ? near : others).add(digest(endpoint));
      }
    }
    return new AssignedEndpoints(
        near.build().sorted().toArray(), others.build().sorted().toArray());
  }

  /** Envoy takes what is said nothing of for healthy. */
  private static boolean isHealthy(LbEndpoint endpoint) {
    return endpoint.getHealthStatus() == HealthStatus.HEALTHY
        || endpoint.getHealthStatus() == HealthStatus.UNKNOWN;
  }

  private static long digest(LbEndpoint endpoint) {
    SocketAddress socket = endpoint.getEndpoint().getAddress().getSocketAddress();
    return HASH.newHasher()
        .putInt(socket.getPortValue())
        .putString(socket.getAddress(), StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }

  /**
   * Returns whether a client that has these loses its last healthy near endpoint when it gets the
   * next ones: it has to fall back to ones that were farther away, or has none. Near endpoints that
   * new ones have replaced are not lost.
   */
  public boolean losesNear(AssignedEndpoints next) {
    return near.length > 0
        && disjoint(near, next.near)
        && (next.near.length == 0 || !disjoint(others, next.near));
  }

  private static boolean disjoint(long[] some, long[] sorted) {
    return Arrays.stream(some).noneMatch(digest -> Arrays.binarySearch(sorted, digest) >= 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AssignedEndpoints endpoints
        && Arrays.equals(near, endpoints.near)
        && Arrays.equals(others, endpoints.others);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(near) + Arrays.hashCode(others);
  }

  @Override
  public String toString() {
    return near.length + " near, " + others.length + " others";
  }
}
