package io.github.topologyxds.xds;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;

/**
 * The clusters of a sidecar on demand, each under the name that it asks for. Envoy never forgets a
 * name, so there is an answer to every one: what is no Service's is passed on or is empty, and
 * becomes the Service's when that comes.
 */
public final class OnDemandClusters {
  /** The statistics of all names that are no Service's stand together. */
  private static final String UNKNOWN = "unknown";

  private OnDemandClusters() {}

  /**
   * Returns the cluster of a service port under another name; its endpoints are those of the port.
   *
   * @param port the port's own cluster
   * @param name as the client asks for it
   */
  public static XdsResource of(Cluster port, String name) {
    return XdsResource.of(ResourceType.CLUSTER, name, alias(port, name).build());
  }

  /**
   * Returns a cluster of one Pod of a headless Service: of the port's endpoints the one that has
   * this hostname, and nobody else.
   *
   * @param port the port's own cluster
   * @param name as the client asks for it
   * @param hostname lower case
   */
  public static XdsResource ofPod(Cluster port, String name, String hostname) {
    Cluster.Builder cluster = alias(port, name).setLbSubsetConfig(HostnameSubsets.onlyOf(hostname));
    return XdsResource.of(ResourceType.CLUSTER, name, cluster.build());
  }

  private static Cluster.Builder alias(Cluster port, String name) {
    Cluster.Builder cluster = port.toBuilder();
    if (cluster.hasLoadAssignment()) {
      cluster.getLoadAssignmentBuilder().setClusterName(name);
    } else {
      cluster
          .getEdsClusterConfigBuilder()
          .setServiceName(port.getName())
          .getEdsConfigBuilder()
          // The assignment comes right behind. Should it not, Envoy takes the one that it has under
          // another name after this time; without one, all its new names would wait for ever.
          .setInitialFetchTimeout(Clusters.seconds(1));
    }
    // An alias with statistics of its own takes 94 kB of Envoy, with shared ones 59 kB (measured).
    return cluster.setName(name).setAltStatName(port.getName());
  }

  /**
   * Returns what a host gets that is no Service's: a cluster without endpoints, so that requests
   * fail at once. (After "there is none" each waits for the whole timeout: Envoy never asks again.)
   */
  public static XdsResource unknownHost(String name) {
    return XdsResource.of(
        ResourceType.CLUSTER,
        name,
        Cluster.newBuilder()
            .setName(name)
            .setAltStatName(UNKNOWN)
            .setType(Cluster.DiscoveryType.STATIC)
            .setConnectTimeout(Clusters.seconds(1))
            .setLoadAssignment(ClusterLoadAssignment.newBuilder().setClusterName(name))
            .build());
  }

  /**
   * Returns what an address gets that is no Service's, or not yet: its connections go where they
   * were going, and kube-proxy decides.
   */
  public static XdsResource unknownAddress(String name) {
    return XdsResource.of(
        ResourceType.CLUSTER, name, originalDestination(name).setAltStatName(UNKNOWN).build());
  }

  /** Returns the cluster for everything that goes to no Service. */
  public static XdsResource passthrough() {
    return XdsResource.of(
        ResourceType.CLUSTER,
        ResourceNames.PASSTHROUGH,
        originalDestination(ResourceNames.PASSTHROUGH).build());
  }

  private static Cluster.Builder originalDestination(String name) {
    return Cluster.newBuilder()
        .setName(name)
        .setType(Cluster.DiscoveryType.ORIGINAL_DST)
        .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
        .setConnectTimeout(Clusters.seconds(10))
        .putTypedExtensionProtocolOptions(UpstreamProtocols.EXTENSION, UpstreamProtocols.of(""))
        .setCircuitBreakers(
            CircuitBreakers.newBuilder()
                .addThresholds(
                    CircuitBreakers.Thresholds.newBuilder()
                        .setPriority(RoutingPriority.DEFAULT)
                        .setMaxConnections(UInt32Value.of(-1))
                        .setMaxPendingRequests(UInt32Value.of(-1))
                        .setMaxRequests(UInt32Value.of(-1))));
  }
}
