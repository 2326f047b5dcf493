package io.github.topologyxds.xds.resource;

import com.google.protobuf.Descriptors.Descriptor;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.LuaPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.List;

/** The messages that resources hold packed ({@code Any}): who prints one must know them. */
public final class PackedMessages {
  private PackedMessages() {}

  /** Returns the descriptors of those messages, one for each. */
  public static List<Descriptor> descriptors() {
    return List.of(
        CaresDnsResolverConfig.getDescriptor(),
        DnsCluster.getDescriptor(),
        Lua.getDescriptor(),
        LuaPerRoute.getDescriptor(),
        Router.getDescriptor(),
        HttpConnectionManager.getDescriptor(),
        PreviousHostsPredicate.getDescriptor(),
        PreviousPrioritiesConfig.getDescriptor(),
        HttpProtocolOptions.getDescriptor());
  }
}
