package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.DnsResolverOptions;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import java.util.List;

/**
 * Whom Envoys ask for the addresses of names.
 *
 * @param servers literal IPs with ports; none: those of the Envoy's own {@code /etc/resolv.conf}
 */
public record DnsResolvers(List<IpPort> servers) {
  /** What the Envoy's machine, or its Pod, is set up with. */
  public static final DnsResolvers OF_THE_CLIENT = new DnsResolvers(List.of());

  public DnsResolvers {
    servers = List.copyOf(servers);
  }

  /**
   * Returns the resolver of a cluster. Names are whole: with a Pod's search domains each look-up
   * would first ask for four names that do not exist (ndots:5), or find another one.
   */
  TypedExtensionConfig config() {
    CaresDnsResolverConfig.Builder config =
        CaresDnsResolverConfig.newBuilder()
            .setDnsResolverOptions(DnsResolverOptions.newBuilder().setNoDefaultSearchDomain(true));
    for (IpPort server : servers) {
      config.addResolvers(
          Address.newBuilder()
              .setSocketAddress(
                  SocketAddress.newBuilder().setAddress(server.ip()).setPortValue(server.port())));
    }
    return TypedExtensionConfig.newBuilder()
        .setName("envoy.network.dns_resolver.cares")
        .setTypedConfig(Any.pack(config.build()))
        .build();
  }
}
