package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;

/** Builds the sidecar's outbound listener: HTTP on 127.0.0.1, routes over RDS. */
public final class Listeners {
  /** The port of a sidecar whose {@code metadata.OUTBOUND_PORT} says nothing. */
  public static final int DEFAULT_OUTBOUND_PORT = 15001;

  /** Goes behind all other filters. */
  public static final HttpFilter ROUTER =
      HttpFilter.newBuilder()
          .setName("envoy.filters.http.router")
          .setTypedConfig(Any.pack(Router.getDefaultInstance()))
          .build();

  /** What all our listeners do with HTTP; lacks its routes and filters. */
  public static final HttpConnectionManager HTTP =
      HttpConnectionManager.newBuilder()
          .setStatPrefix(ResourceNames.OUTBOUND)
          .setCodecType(HttpConnectionManager.CodecType.AUTO)
          // As kube-proxy: a stream may stay silent (a gRPC watch) as long as both ends live.
          .setStreamIdleTimeout(Duration.getDefaultInstance())
          // The answer is the backend's, not ours.
          .setServerHeaderTransformation(
              HttpConnectionManager.ServerHeaderTransformation.PASS_THROUGH)
          .addUpgradeConfigs(
              HttpConnectionManager.UpgradeConfig.newBuilder().setUpgradeType("websocket"))
          .build();

  private static final HttpConnectionManager BY_RDS =
      HTTP.toBuilder()
          .setRds(
              Rds.newBuilder()
                  .setRouteConfigName(ResourceNames.OUTBOUND)
                  .setConfigSource(Clusters.overAds()))
          // http_proxy clients send the dot of http://cart.shop.svc.cluster.local./ on.
          .setStripTrailingHostDot(true)
          .addHttpFilters(HostnameSubsets.HTTP_FILTER)
          .addHttpFilters(ROUTER)
          .build();

  private Listeners() {}

  /**
   * Returns the listener as it goes to clients.
   *
   * @param port 1..65535
   */
  public static XdsResource outbound(int port) {
    return XdsResource.of(ResourceType.LISTENER, ResourceNames.OUTBOUND, outboundMessage(port));
  }

  /**
   * Returns the listener as a message, not checked: {@link XdsResource#of} does that.
   *
   * @param port 1..65535
   */
  public static Listener outboundMessage(int port) {
    return on("127.0.0.1", port)
        .setName(ResourceNames.OUTBOUND)
        .addFilterChains(FilterChain.newBuilder().addFilters(http(BY_RDS)))
        .build();
  }

  /** Returns a listener on an address of this machine; lacks its name and chains. */
  public static Listener.Builder on(String address, int port) {
    return Listener.newBuilder()
        .setAddress(
            Address.newBuilder()
                .setSocketAddress(
                    SocketAddress.newBuilder().setAddress(address).setPortValue(port)))
        // With SO_REUSEPORT two Envoys on one port share connections silently (measured).
        .setEnableReusePort(BoolValue.of(false));
  }

  /** Returns the network filter that speaks HTTP. */
  public static Filter http(HttpConnectionManager manager) {
    return Filter.newBuilder()
        .setName("envoy.filters.network.http_connection_manager")
        .setTypedConfig(Any.pack(manager))
        .build();
  }
}
