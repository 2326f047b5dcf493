package io.github.topologyxds.xds.ondemand;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Builds the listeners of a sidecar on demand: one for each family, as Envoy rejects one for both
 * where IPv6 is switched off. They hold no Service, so a new one changes nothing here as long as
 * its port numbers are known.
 *
 * <p>The chains: <i>explicit</i> for requests that are sent to the listener itself and name a
 * Service by their {@code Host}; <i>http</i> and <i>tcp</i> for connections that were caught on
 * their way to a Service, and one like <i>tcp</i> for each age at which connections are closed;
 * <i>passthrough</i> for all others.
 *
 * @param cidrs where Services are, sorted
 * @param destinations which chain takes which of them
 * @param clusterDomain usually {@code cluster.local}
 */
public record OnDemandListeners(List<Cidr> cidrs, Destinations destinations, String clusterDomain) {
  private static final String EXPLICIT = "explicit";

  /** Makes it unmodifiable. */
  public OnDemandListeners {
    cidrs = List.copyOf(cidrs);
  }

  /** Returns the same, naming none of these addresses. */
  public OnDemandListeners without(Set<String> addresses) {
    return addresses.isEmpty()
        ? this
        : new OnDemandListeners(cidrs, destinations.without(addresses), clusterDomain);
  }

  /**
   * Returns the listeners.
   *
   * @param port 1..65535
   */
  public Collection<XdsResource> on(int port) {
    return List.of(
        listener(ResourceNames.OUTBOUND, Family.IPV4, port),
        listener(ResourceNames.OUTBOUND_IPV6, Family.IPV6, port));
  }

  private XdsResource listener(String name, Family family, int port) {
    String address =
        switch (family) {
          case IPV4 -> "127.0.0.1";
          case IPV6 -> "::1";
        };
    DestinationMatcher matcher =
        new DestinationMatcher(family)
            .itself(address, port, EXPLICIT)
            .services(cidrs, destinations.ports());
    destinations.exceptions().forEach(matcher::except);
    Listener.Builder listener =
        Listeners.on(address, port)
            .setName(name)
            .addListenerFilters(
                ListenerFilter.newBuilder()
                    .setName("envoy.filters.listener.original_dst")
                    .setTypedConfig(Any.pack(OriginalDst.getDefaultInstance())))
            .setFilterChainMatcher(matcher.build())
            .addFilterChains(chain(EXPLICIT, Listeners.http(OnDemandHttp.byHost(clusterDomain))))
            .addFilterChains(
                chain(ListenerChain.HTTP.chainName(), Listeners.http(OnDemandHttp.BY_ADDRESS)))
            .addFilterChains(tcp(ListenerChain.TCP))
            .setDefaultFilterChain(chain(ResourceNames.PASSTHROUGH, OnDemandTcp.PASS_THROUGH));
    destinations.limitedChains().forEach(chain -> listener.addFilterChains(tcp(chain)));
    return XdsResource.of(ResourceType.LISTENER, name, listener.build());
  }

  private static FilterChain tcp(ListenerChain chain) {
    return chain(
        chain.chainName(),
        OnDemandTcp.CLUSTER_BY_ADDRESS,
        OnDemandTcp.toThatCluster(chain.maxAgeSeconds()));
  }

  private static FilterChain chain(String name, Filter... filters) {
    return FilterChain.newBuilder().setName(name).addAllFilters(List.of(filters)).build();
  }
}
