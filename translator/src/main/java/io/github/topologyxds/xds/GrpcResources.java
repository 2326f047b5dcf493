package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.SelfConfigSource;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
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
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;

/**
 * What gRPC libraries without a proxy understand (gRPC proposals A27, A28 and A31), made of what
 * Envoys get. Where the two differ, it was measured with grpc-java 1.85.
 */
public final class GrpcResources {
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
      name.addEndpoints(
          LocalityLbEndpoints.newBuilder().addAllLbEndpoints(GrpcAssignments.healthy(locality)));
    }
    Cluster.Builder cluster = common(port.cluster().name());
    return XdsResource.of(
        ResourceType.CLUSTER,
        port.cluster().name(),
        cluster.setType(Cluster.DiscoveryType.LOGICAL_DNS).setLoadAssignment(name).build());
  }
}
