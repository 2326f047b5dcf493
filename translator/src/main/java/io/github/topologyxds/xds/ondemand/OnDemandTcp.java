package io.github.topologyxds.xds.ondemand;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.github.topologyxds.xds.Clusters;
import io.github.topologyxds.xds.resource.ResourceNames;

/** The chains of a sidecar on demand that look at no byte: connections that were caught. */
final class OnDemandTcp {
  /**
   * How long a first request waits for its cluster. With 2 s, 4 of 10,004 requests failed while the
   * server was restarted, with 5 s none (measured).
   */
  static final int TIMEOUT_SECONDS = 5;

  /** As kube-proxy: a connection may stay silent as long as both ends live. */
  private static final Duration NEVER = Duration.getDefaultInstance();

  /** The cluster's name is where the connection was going. */
  static final Filter CLUSTER_BY_ADDRESS =
      filter(
          "envoy.filters.network.set_filter_state",
          Config.newBuilder()
              .addOnNewConnection(
                  FilterStateValue.newBuilder()
                      .setObjectKey("envoy.tcp_proxy.cluster")
                      .setFormatString(
                          SubstitutionFormatString.newBuilder()
                              .setTextFormatSource(
                                  DataSource.newBuilder()
                                      .setInlineString("%DOWNSTREAM_LOCAL_ADDRESS%"))))
              .build());

  /** Goes where the connection was going. */
  static final Filter PASS_THROUGH =
      filter(
          "envoy.filters.network.tcp_proxy",
          proxy(ResourceNames.PASSTHROUGH, ResourceNames.PASSTHROUGH).build());

  private OnDemandTcp() {}

  /**
   * Connects to the cluster of that name, and asks for it if need be.
   *
   * @param maxAgeSeconds after which the connection is closed; 0: never
   */
  static Filter toThatCluster(int maxAgeSeconds) {
    TcpProxy.Builder proxy =
        proxy("tcp", HostNormaliser.NO_CLUSTER)
            // One dead endpoint is not the end of a connection.
            .setMaxConnectAttempts(UInt32Value.of(4))
            .setOnDemand(
                TcpProxy.OnDemand.newBuilder()
                    .setOdcdsConfig(Clusters.overAds())
                    .setTimeout(Clusters.seconds(TIMEOUT_SECONDS)));
    if (maxAgeSeconds > 0) {
      proxy.setMaxDownstreamConnectionDuration(Clusters.seconds(maxAgeSeconds));
    }
    return filter("envoy.filters.network.tcp_proxy", proxy.build());
  }

  private static TcpProxy.Builder proxy(String statPrefix, String cluster) {
    return TcpProxy.newBuilder()
        .setStatPrefix(statPrefix)
        .setCluster(cluster)
        .setIdleTimeout(NEVER);
  }

  private static Filter filter(String name, Message config) {
    return Filter.newBuilder().setName(name).setTypedConfig(Any.pack(config)).build();
  }
}
