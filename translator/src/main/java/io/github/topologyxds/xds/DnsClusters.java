package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CustomClusterType;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.extensions.clusters.common.dns.v3.DnsLookupFamily;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;

/**
 * Clusters whose endpoints are names, which the Envoy resolves. The endpoints stand in the cluster
 * itself, in the localities and priorities of this client: EDS takes literal IPs alone.
 *
 * <p>What STRICT_DNS and LOGICAL_DNS were is one extension of Envoy (since 1.33): the fields of the
 * Cluster that say how to honour a record's time to live are deprecated.
 */
final class DnsClusters {
  /** Where a record tells no time to live, which is to say 0. */
  private static final Duration REFRESH = Clusters.seconds(5);

  private static final DnsCluster.RefreshRate AFTER_FAILURE =
      DnsCluster.RefreshRate.newBuilder()
          .setBaseInterval(Clusters.seconds(1))
          .setMaxInterval(Clusters.seconds(10))
          .build();

  private DnsClusters() {}

  /**
   * How names become endpoints.
   *
   * @param view of the client
   * @param primary the Service's family, of who asks for none
   * @param resolvers whom Envoy asks
   */
  record Lookup(ClientView view, Family primary, DnsResolvers resolvers) {
    private DnsLookupFamily family() {
      Family asked = view.family();
      if (asked == null) {
        // The other family where the name has no address of this one.
        return primary == Family.IPV4 ? DnsLookupFamily.V4_PREFERRED : DnsLookupFamily.AUTO;
      }
      return asked == Family.IPV4 ? DnsLookupFamily.V4_ONLY : DnsLookupFamily.V6_ONLY;
    }
  }

  /** Whether a name stands for all of its addresses. */
  enum Addresses {
    /** Each is an endpoint (STRICT_DNS). */
    ALL,
    /** A new connection takes one (LOGICAL_DNS): somebody else's name, behind which are many. */
    ONE_AT_A_TIME
  }

  /**
   * Returns an Envoy's cluster.
   *
   * @param other the cluster that the port would have with literal IPs
   * @param endpoints of this client, with names in place of IPs
   */
  static Cluster of(
      Cluster other, ClusterLoadAssignment endpoints, Addresses addresses, Lookup lookup) {
    DnsCluster dns =
        DnsCluster.newBuilder()
            .setRespectDnsTtl(true)
            .setDnsRefreshRate(REFRESH)
            .setDnsFailureRefreshRate(AFTER_FAILURE)
            .setDnsLookupFamily(lookup.family())
            .setTypedDnsResolverConfig(lookup.resolvers().config())
            .setAllAddressesInSingleEndpoint(addresses == Addresses.ONE_AT_A_TIME)
            .build();
    return other.toBuilder()
        .clearEdsClusterConfig()
        .setClusterType(
            CustomClusterType.newBuilder()
                .setName("envoy.clusters.dns")
                .setTypedConfig(Any.pack(dns)))
        .setLoadAssignment(endpoints)
        .build();
  }
}
