package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SelfConfigSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.github.topologyxds.model.ClientView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What gRPC libraries without a proxy understand (gRPC proposals A27, A28 and A31), made of what
 * Envoys get. Where the two differ, it was measured with grpc-java 1.85.
 */
public final class GrpcResources {
  /** Why requests are dropped, as gRPC names it in the error of an RPC. */
  private static final String NOWHERE = "no-usable-endpoint";

  private static final HttpFilter ROUTER =
      HttpFilter.newBuilder()
          .setName("envoy.filters.http.router")
          .setTypedConfig(Any.pack(Router.getDefaultInstance()))
          .build();

  /**
   * gRPC's own limit is 1,024 requests at a time for each cluster. Some read it as a signed int.
   */
  private static final CircuitBreakers UNLIMITED =
      CircuitBreakers.newBuilder()
          .addThresholds(
              CircuitBreakers.Thresholds.newBuilder()
                  .setMaxRequests(UInt32Value.of(Integer.MAX_VALUE)))
          .build();

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

  private GrpcResources() {}

  /**
   * Returns the listener of a target, {@code xds:///NAME}, with its route.
   *
   * @param name as the client asks for it
   * @param clusterName where all its calls go
   */
  public static XdsResource listener(String name, String clusterName) {
    HttpConnectionManager manager =
        HttpConnectionManager.newBuilder()
            .setRouteConfig(routeConfiguration(name, clusterName))
            .addHttpFilters(ROUTER)
            .build();
    return XdsResource.of(
        ResourceType.LISTENER,
        name,
        Listener.newBuilder()
            .setName(name)
            .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
            .build());
  }

  /**
   * Returns the route of a target by itself.
   *
   * @param name as the client asks for it
   * @param clusterName where all its calls go
   */
  public static XdsResource routes(String name, String clusterName) {
    // Past the check of an Envoy's table, where "*" would match what is not ours.
    return XdsResource.of(
        ResourceType.ROUTE, name, routeConfiguration(name, clusterName).toByteString());
  }

  private static RouteConfiguration routeConfiguration(String name, String clusterName) {
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(
            VirtualHost.newBuilder()
                .setName(clusterName)
                // Compared with the target, percent-encoded and with its port; there is one.
                .addDomains("*")
                .addRoutes(
                    Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix(""))
                        .setRoute(RouteAction.newBuilder().setCluster(clusterName))))
        .build();
  }

  /** Returns a cluster: round robin over the localities of a priority, by their weights. */
  public static XdsResource cluster(String clusterName) {
    return XdsResource.of(
        ResourceType.CLUSTER,
        clusterName,
        common(clusterName)
            .setType(Cluster.DiscoveryType.EDS)
            .setEdsClusterConfig(
                Cluster.EdsClusterConfig.newBuilder().setEdsConfig(Clusters.overAds()))
            .build());
  }

  private static Cluster.Builder common(String clusterName) {
    return Cluster.newBuilder()
        .setName(clusterName)
        .setConnectTimeout(Clusters.seconds(1))
        .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
        .setCircuitBreakers(UNLIMITED)
        // gRPC reports no load of a cluster without it (proposal A27).
        .setLrsServer(ConfigSource.newBuilder().setSelf(SelfConfigSource.getDefaultInstance()));
  }

  /**
   * Returns the cluster of an ExternalName Service: a name that the library resolves (proposal
   * A37).
   *
   * @param port whose only endpoint is that name
   */
  public static XdsResource externalCluster(PortTranslation port) {
    ClusterLoadAssignment.Builder name =
        ClusterLoadAssignment.newBuilder().setClusterName(port.cluster().name());
    ClusterLoadAssignment envoys = port.assign(ClientView.UNKNOWN).message();
    for (LocalityLbEndpoints locality : envoys.getEndpointsList()) {
      name.addEndpoints(LocalityLbEndpoints.newBuilder().addAllLbEndpoints(healthy(locality)));
    }
    Cluster.Builder cluster = common(port.cluster().name());
    return XdsResource.of(
        ResourceType.CLUSTER,
        port.cluster().name(),
        cluster.setType(Cluster.DiscoveryType.LOGICAL_DNS).setLoadAssignment(name).build());
  }

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
  public static ClusterLoadAssignment assignment(ClusterLoadAssignment envoys) {
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

  private static List<LbEndpoint> healthy(LocalityLbEndpoints locality) {
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
