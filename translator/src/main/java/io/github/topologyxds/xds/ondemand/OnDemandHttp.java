package io.github.topologyxds.xds.ondemand;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.ClusterSpecifierPlugin;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemandCds;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.router.cluster_specifiers.lua.v3.LuaConfig;
import io.github.topologyxds.xds.Clusters;
import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.resource.ResourceNames;

/** The HTTP chains of a sidecar on demand: the cluster's name is made of the request. */
final class OnDemandHttp {
  /**
   * How the name comes from the connection to the route. Removed before the request leaves; what an
   * application sends under this name is overwritten.
   */
  private static final String HEADER = "x-topology-xds-cluster";

  private static final HttpFilter ON_DEMAND =
      HttpFilter.newBuilder()
          .setName("envoy.filters.http.on_demand")
          .setTypedConfig(
              Any.pack(
                  OnDemand.newBuilder()
                      .setOdcds(
                          OnDemandCds.newBuilder()
                              .setSource(Clusters.overAds())
                              .setTimeout(Clusters.seconds(OnDemandTcp.TIMEOUT_SECONDS)))
                      .build()))
          .build();

  /**
   * Requests of connections that were caught: to where the connection was going, whatever their
   * {@code Host}. The header has to be there before routing: {@code request_headers_to_add} is too
   * late (measured).
   */
  static final HttpConnectionManager BY_ADDRESS =
      Listeners.HTTP.toBuilder()
          .setStatPrefix("http")
          .addEarlyHeaderMutationExtensions(
              TypedExtensionConfig.newBuilder()
                  .setName("envoy.http.early_header_mutation.header_mutation")
                  .setTypedConfig(Any.pack(clusterFromAddress())))
          .setRouteConfig(
              routes(
                  VirtualHost.newBuilder().addRequestHeadersToRemove(HEADER),
                  ServiceRoute.FAILOVER.toBuilder().setClusterHeader(HEADER).build()))
          .addHttpFilters(ON_DEMAND)
          .addHttpFilters(Listeners.ROUTER)
          .build();

  private OnDemandHttp() {}

  /** Returns what takes requests that name their Service by {@code Host}, as to a proxy. */
  static HttpConnectionManager byHost(String clusterDomain) {
    LuaConfig lua =
        LuaConfig.newBuilder()
            .setDefaultCluster(HostNormaliser.NO_CLUSTER)
            .setSourceCode(
                DataSource.newBuilder().setInlineString(HostNormaliser.script(clusterDomain)))
            .build();
    RouteAction action =
        ServiceRoute.FAILOVER.toBuilder()
            .setInlineClusterSpecifierPlugin(
                ClusterSpecifierPlugin.newBuilder()
                    .setExtension(
                        TypedExtensionConfig.newBuilder()
                            .setName("envoy.router.cluster_specifier_plugin.lua")
                            .setTypedConfig(Any.pack(lua))))
            .build();
    return Listeners.HTTP.toBuilder()
        .setRouteConfig(routes(VirtualHost.newBuilder(), action))
        // http_proxy clients send the dot of http://cart.shop.svc.cluster.local./ on.
        .setStripTrailingHostDot(true)
        .addHttpFilters(ON_DEMAND)
        .addHttpFilters(Listeners.ROUTER)
        .build();
  }

  private static RouteConfiguration.Builder routes(VirtualHost.Builder all, RouteAction action) {
    return RouteConfiguration.newBuilder()
        .setName(ResourceNames.OUTBOUND)
        .addVirtualHosts(
            all.setName("all")
                .addDomains("*")
                .addRoutes(
                    Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setRoute(action)));
  }

  private static io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3
          .HeaderMutation
      clusterFromAddress() {
    return io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3
        .HeaderMutation.newBuilder()
        .addMutations(
            HeaderMutation.newBuilder()
                .setAppend(
                    HeaderValueOption.newBuilder()
                        .setAppendAction(
                            HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        .setHeader(
                            HeaderValue.newBuilder()
                                .setKey(HEADER)
                                .setValue("%DOWNSTREAM_LOCAL_ADDRESS%"))))
        .build();
  }
}
