package io.github.topologyxds.xds;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Load assignments as gRPC libraries without a proxy understand them (gRPC proposal A27), made of
 * what Envoys get. Where the two differ, it was measured with grpc-java 1.85.
 */
public final class GrpcAssignments {
  /** Why requests are dropped, as gRPC names it in the error of an RPC. */
  private static final String NOWHERE = "no-usable-endpoint";

  /**
   * An endpoint that no call goes to. Clients connect to what they are given, and no kernel
   * connects to a broadcast address: not a packet leaves the machine.
   */
  private static final LocalityLbEndpoints NOBODY =
      LocalityLbEndpoints.newBuilder()
          .setLocality(Locality.getDefaultInstance())
          .setLoadBalancingWeight(UInt32Value.of(1))
          .addLbEndpoints(
              LbEndpoint.newBuilder()
                  .setHealthStatus(HealthStatus.HEALTHY)
                  .setEndpoint(
                      Endpoint.newBuilder()
                          .setAddress(
                              Address.newBuilder()
                                  .setSocketAddress(
                                      SocketAddress.newBuilder()
                                          .setAddress("255.255.255.255")
                                          .setPortValue(1)))))
          .build();

  private GrpcAssignments() {}

  /** Returns the answer to a name that is not known (any more): calls fail at once. */
  public static XdsResource unknown(String clusterName) {
    return XdsResource.of(ResourceType.ENDPOINT, clusterName, nowhere(clusterName));
  }

  /**
   * An assignment all of whose calls are dropped. One that is merely empty would be right, but a
   * grpc-java channel then goes on using the endpoints that it had (since 1.78), and with 1.85 it
   * looks at what is to be dropped only if there is any endpoint: {@link #NOBODY}.
   */
  private static ClusterLoadAssignment nowhere(String clusterName) {
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(clusterName)
        .addEndpoints(NOBODY)
        .setPolicy(
            ClusterLoadAssignment.Policy.newBuilder()
                .addDropOverloads(
                    ClusterLoadAssignment.Policy.DropOverload.newBuilder()
                        .setCategory(NOWHERE)
                        .setDropPercentage(
                            FractionalPercent.newBuilder()
                                .setNumerator(100)
                                .setDenominator(FractionalPercent.DenominatorType.HUNDRED))))
        .build();
  }

  /**
   * Returns an Envoy's load assignment as gRPC must read it. Only healthy endpoints take calls, so
   * no others are sent, and priorities without any are closed up. A locality stands at one priority
   * alone (grpc-java keeps the last): where a zone has two tiers, such as a Node's own and the
   * others, the further one is told apart by its {@code sub_zone}.
   */
  public static ClusterLoadAssignment of(ClusterLoadAssignment envoys) {
    ClusterLoadAssignment.Builder assignment =
        ClusterLoadAssignment.newBuilder().setClusterName(envoys.getClusterName());
    Set<Locality> known = new HashSet<>();
    int lastPriority = -1;
    int priority = -1;
    for (LocalityLbEndpoints locality : envoys.getEndpointsList()) {
      List<LbEndpoint> healthy = healthy(locality);
      if (healthy.isEmpty()) {
        continue;
      }
      if (locality.getPriority() != lastPriority) {
        lastPriority = locality.getPriority();
        priority++;
      }
      Locality.Builder place = locality.getLocality().toBuilder();
      if (!known.add(locality.getLocality())) {
        place.setSubZone("priority-" + priority);
      }
      assignment.addEndpoints(
          LocalityLbEndpoints.newBuilder()
              .setLocality(place)
              .setPriority(priority)
              .setLoadBalancingWeight(UInt32Value.of(weight(locality, healthy.size())))
              .addAllLbEndpoints(healthy));
    }
    return priority < 0 ? nowhere(envoys.getClusterName()) : assignment.build();
  }

  /**
   * Returns the weight of a locality, which gRPC obeys as it is: it counts nothing off for
   * endpoints that are not healthy, so that is in the endpoints' weights.
   */
  private static int weight(LocalityLbEndpoints locality, int healthy) {
    int ofEach = locality.getLbEndpoints(0).getLoadBalancingWeight().getValue();
    return ofEach > 0 ? ofEach * healthy : healthy;
  }

  static List<LbEndpoint> healthy(LocalityLbEndpoints locality) {
    List<LbEndpoint> healthy = new ArrayList<>();
    for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
      if (endpoint.getHealthStatus() == HealthStatus.HEALTHY) {
        healthy.add(
            LbEndpoint.newBuilder()
                .setHealthStatus(HealthStatus.HEALTHY)
                .setEndpoint(
                    Endpoint.newBuilder()
                        .setAddress(endpoint.getEndpoint().getAddress())
                        .addAllAdditionalAddresses(
                            endpoint.getEndpoint().getAdditionalAddressesList()))
                .build());
      }
    }
    return healthy;
  }
}
