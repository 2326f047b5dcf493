package io.github.topologyxds.demo.captured;

import com.github.xds.type.matcher.v3.IPMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.http.on_demand.v3.OnDemand;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.router.cluster_specifiers.lua.v3.LuaConfig;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import io.github.topologyxds.xds.resource.XdsResource;

/**
 * The listener of a sidecar on demand as a static one that learns where a connection was going from
 * a PROXY header instead of from the kernel: what catches connections needs root. Everything behind
 * that is as it is sent.
 */
public final class CapturedListener {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(HttpConnectionManager.getDescriptor())
                  .add(TcpProxy.getDescriptor())
                  .add(
                      io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config
                          .getDescriptor())
                  .add(OnDemand.getDescriptor())
                  .add(Router.getDescriptor())
                  .add(ProxyProtocol.getDescriptor())
                  .add(HeaderMutation.getDescriptor())
                  .add(LuaConfig.getDescriptor())
                  .add(PreviousPrioritiesConfig.getDescriptor())
                  .add(PreviousHostsPredicate.getDescriptor())
                  .add(IPMatcher.getDescriptor())
                  .add(DestinationIPInput.getDescriptor())
                  .add(DestinationPortInput.getDescriptor())
                  .add(StringValue.getDescriptor())
                  .build());

  private CapturedListener() {}

  /** Returns the bootstrap with the listener for IPv4 added to it, on a port of its own. */
  public static String addTo(String bootstrap, OnDemandListeners listeners, int port)
      throws InvalidProtocolBufferException {
    XdsResource sent = listeners.on(port).iterator().next();
    Listener captured =
        Listener.parseFrom(sent.packed().getValue()).toBuilder()
            .setName("captured")
            .clearListenerFilters()
            .addListenerFilters(
                ListenerFilter.newBuilder()
                    .setName("envoy.filters.listener.proxy_protocol")
                    .setTypedConfig(Any.pack(ProxyProtocol.getDefaultInstance())))
            .build();
    return bootstrap.replace(
        "static_resources:\n", "static_resources:\n  listeners: [" + JSON.print(captured) + "]\n");
  }
}
