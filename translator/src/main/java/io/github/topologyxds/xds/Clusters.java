package io.github.topologyxds.xds;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig.LocalityWeightedLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig.ZoneAwareLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.type.v3.Percent;

/**
 * Builds the Cluster of one service port. The settings are the same for every cluster; each is
 * there because a measurement with Envoy 1.40 asked for it (docs/decisions/0004).
 */
public final class Clusters {
  private static final Duration NONE = Duration.getDefaultInstance();

  /** Envoy's own limit for "unlimited" is the largest unsigned 32-bit number. */
  private static final UInt32Value UNLIMITED = UInt32Value.of(-1);

  private static final UInt32Value OFF = UInt32Value.getDefaultInstance();

  private static final Cluster COMMON =
      Cluster.newBuilder()
          .setType(Cluster.DiscoveryType.EDS)
          .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(overAds()))
          .setConnectTimeout(seconds(1))
          .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
          .setCommonLbConfig(
              CommonLbConfig.newBuilder()
                  // UNHEALTHY endpoints are sent, so panic would send traffic to them.
                  .setHealthyPanicThreshold(Percent.getDefaultInstance())
                  // An ejection takes effect at once, not after up to a second of errors.
                  .setUpdateMergeWindow(NONE)
                  // Priorities decide. A client's own local_cluster must not re-balance P0.
                  .setZoneAwareLbConfig(
                      ZoneAwareLbConfig.newBuilder()
                          .setRoutingEnabled(Percent.getDefaultInstance())))
          .setCircuitBreakers(
              CircuitBreakers.newBuilder()
                  .addThresholds(unlimited(RoutingPriority.DEFAULT))
                  .addThresholds(unlimited(RoutingPriority.HIGH)))
          .setOutlierDetection(onConnectionFailuresOnly())
          .setUpstreamConnectionOptions(
              UpstreamConnectionOptions.newBuilder()
                  .setTcpKeepalive(
                      TcpKeepalive.newBuilder()
                          .setKeepaliveTime(UInt32Value.of(30))
                          .setKeepaliveInterval(UInt32Value.of(10))
                          .setKeepaliveProbes(UInt32Value.of(3))))
          .build();

  private Clusters() {}

  /**
   * Builds the cluster of a Service's port.
   *
   * @param kind whose name is the cluster's and its EDS resource's
   * @param appProtocol of the Service's port; "" when absent
   */
  public static Cluster build(LoadAssignments.Kind kind, String appProtocol) {
    Cluster.Builder cluster =
        COMMON.toBuilder()
            .setName(kind.clusterName())
            .putTypedExtensionProtocolOptions(
                UpstreamProtocols.EXTENSION, UpstreamProtocols.of(appProtocol));
    if (kind.weighsLocalities()) {
      // In place of the zone aware setting: they exclude each other.
      cluster
          .getCommonLbConfigBuilder()
          .setLocalityWeightedLbConfig(LocalityWeightedLbConfig.getDefaultInstance());
    }
    if (kind.hasPodNames()) {
      cluster.setLbSubsetConfig(HostnameSubsets.CONFIG);
    }
    return cluster.build();
  }

  /** Returns the source of everything dynamic: the one ADS stream. */
  public static ConfigSource overAds() {
    return ConfigSource.newBuilder()
        .setAds(AggregatedConfigSource.getDefaultInstance())
        .setResourceApiVersion(ApiVersion.V3)
        // With a timeout, Envoy replaces a warm cluster by an empty one when the answer is late.
        // Without one, every name must be answered at once, and it is.
        .setInitialFetchTimeout(NONE)
        .build();
  }

  /** Envoy's default of 3 parallel retries turned a failover into 284 errors of 300. */
  private static CircuitBreakers.Thresholds unlimited(RoutingPriority priority) {
    return CircuitBreakers.Thresholds.newBuilder()
        .setPriority(priority)
        .setMaxConnections(UNLIMITED)
        .setMaxPendingRequests(UNLIMITED)
        .setMaxRequests(UNLIMITED)
        .setRetryBudget(
            CircuitBreakers.Thresholds.RetryBudget.newBuilder()
                .setBudgetPercent(Percent.newBuilder().setValue(100))
                .setMinRetryConcurrency(UInt32Value.of(100)))
        .build();
  }

  /** With Envoy's default detectors, 40 answers of 500 from one URL ejected every host. */
  private static OutlierDetection onConnectionFailuresOnly() {
    return OutlierDetection.newBuilder()
        .setSplitExternalLocalOriginErrors(true)
        .setConsecutiveLocalOriginFailure(UInt32Value.of(3))
        .setEnforcingConsecutiveLocalOriginFailure(UInt32Value.of(100))
        .setEnforcingConsecutive5Xx(OFF)
        .setEnforcingConsecutiveGatewayFailure(OFF)
        .setEnforcingSuccessRate(OFF)
        .setEnforcingLocalOriginSuccessRate(OFF)
        .setEnforcingFailurePercentage(OFF)
        .setEnforcingFailurePercentageLocalOrigin(OFF)
        .setBaseEjectionTime(seconds(5))
        .setMaxEjectionTime(seconds(30))
        .setMaxEjectionPercent(UInt32Value.of(100))
        .build();
  }

  /** Returns so many seconds, as Envoy takes them. */
  public static Duration seconds(int seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
