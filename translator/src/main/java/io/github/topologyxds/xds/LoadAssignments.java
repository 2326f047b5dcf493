package io.github.topologyxds.xds;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Placement;
import io.github.topologyxds.topology.endpoint.Recomputed;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.SpillBelow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the ClusterLoadAssignments of one service port and family. Any thread. */
public final class LoadAssignments {
  private final Kind kind;

  private final PortRouting routing;
  private final OtherFamily otherFamily;

  /** The endpoints in the order of their positions, with the health that they usually have. */
  private final Recomputed<List<LbEndpoint>> prepared = new Recomputed<>(this::prepare);

  /** Whether zones of a tier have shares of their own, for some client. */
  public enum ZoneShares {
    /** Every endpoint is alike, and the cluster does not use weights. */
    NONE,
    /** The cluster has {@code locality_weighted_lb_config}. */
    WEIGHTED;

    /** Returns what a Service's policy asks for. */
    static ZoneShares of(PortRouting routing) {
      return routing.weighsZones() ? WEIGHTED : NONE;
    }
  }

  /**
   * What all share: the cluster's name, the port's protocol, the Service's type, and whether zones
   * have shares.
   */
  public record Kind(String clusterName, Protocol protocol, ServiceType type, ZoneShares shares) {
    /** Returns whether zones of one priority get shares by their weights. */
    boolean weighsLocalities() {
      return shares == ZoneShares.WEIGHTED;
    }

    /** Returns whether the Pods can be called one by one, by their hostnames. */
    boolean hasPodNames() {
      return type == ServiceType.HEADLESS && protocol == Protocol.TCP;
    }
  }

  LoadAssignments(Kind kind, PortRouting routing, OtherFamily otherFamily) {
    this.kind = kind;
    this.routing = routing;
    this.otherFamily = otherFamily;
  }

  private List<LbEndpoint> prepare() {
    return routing.endpoints().endpoints().stream()
        .map(endpoint -> build(endpoint, usualHealth(endpoint)))
        .toList();
  }

  /** Returns the answer for a name that we know nothing of, or have no endpoints for. */
  public static ClusterLoadAssignment empty(String clusterName) {
    return ClusterLoadAssignment.newBuilder().setClusterName(clusterName).build();
  }

  /** Tiers become priorities; within one, localities are sorted by region and zone. */
  ClusterLoadAssignment build(Selection selection) {
    ClusterLoadAssignment.Builder assignment =
        ClusterLoadAssignment.newBuilder().setClusterName(kind.clusterName());
    overprovisioning().ifPresent(assignment::setPolicy);
    List<LbEndpoint> usual = prepared.get();
    int priority = 0;
    for (List<Placement> tier : selection.tiers()) {
      Map<LocalityKey, LocalityEndpoints> byLocality = new TreeMap<>();
      for (Placement placement : tier) {
        byLocality
            .computeIfAbsent(
                LocalityKey.of(placement.endpoint().location()), LocalityEndpoints::new)
            .add(lbEndpoint(placement, usual), placement.health());
      }
      LocalityWeighing weighing = weighing(selection, priority);
      for (LocalityEndpoints locality : byLocality.values()) {
        assignment.addEndpoints(locality.build(priority, weighing));
      }
      priority++;
    }
    return assignment.build();
  }

  /** Nothing is said where Envoy's default applies, and where there are no tiers (Local). */
  private Optional<ClusterLoadAssignment.Policy> overprovisioning() {
    SpillBelow spillBelow = routing.policy().traffic().spillBelow().value();
    return spillBelow.equals(SpillBelow.ENVOYS_DEFAULT) || routing.localOnly()
        ? Optional.empty()
        : Optional.of(
            ClusterLoadAssignment.Policy.newBuilder()
                .setOverprovisioningFactor(UInt32Value.of(spillBelow.overprovisioningFactor()))
                .build());
  }

  private LocalityWeighing weighing(Selection selection, int priority) {
    int factor = routing.policy().traffic().spillBelow().value().overprovisioningFactor();
    return switch (kind.shares()) {
      // A zone on its way back: the endpoints' own weights, which no cluster need be changed for.
      case NONE ->
          priority > 0 || selection.zoneWeights().isEmpty()
              ? new LocalityWeighing.Unused()
              : new LocalityWeighing.ByZone(selection.zoneWeights(), factor);
      case WEIGHTED ->
          priority > 0 || selection.zoneWeights().isEmpty()
              ? new LocalityWeighing.Alike(factor)
              : new LocalityWeighing.ByZone(selection.zoneWeights(), factor);
    };
  }

  private LbEndpoint lbEndpoint(Placement placement, List<LbEndpoint> usual) {
    UsableEndpoint endpoint = placement.endpoint();
    return placement.health() == usualHealth(endpoint)
        ? usual.get(endpoint.position())
        : build(endpoint, placement.health());
  }

  private static Health usualHealth(UsableEndpoint endpoint) {
    return switch (endpoint.condition()) {
      case READY -> Health.HEALTHY;
      case TERMINATING -> Health.DRAINING;
      case UNREADY -> Health.UNHEALTHY;
    };
  }

  private LbEndpoint build(UsableEndpoint endpoint, Health health) {
    Endpoint.Builder builder =
        Endpoint.newBuilder().setAddress(address(IpPort.of(routing, endpoint)));
    IpPort other = otherFamily.of(endpoint);
    if (other != null) {
      builder.addAdditionalAddresses(
          Endpoint.AdditionalAddress.newBuilder().setAddress(address(other)));
    }
    if (!endpoint.hostname().isEmpty()) {
      builder.setHostname(endpoint.hostname());
    }
    LbEndpoint.Builder lbEndpoint =
        LbEndpoint.newBuilder()
            .setEndpoint(builder)
            .setHealthStatus(
                switch (health) {
                  case HEALTHY -> HealthStatus.HEALTHY;
                  case UNHEALTHY -> HealthStatus.UNHEALTHY;
                  case DRAINING -> HealthStatus.DRAINING;
                });
    if (kind.hasPodNames() && PodNames.isPublished(endpoint)) {
      lbEndpoint.setMetadata(HostnameSubsets.of(endpoint.hostname()));
    }
    return lbEndpoint.build();
  }

  private Address address(IpPort ipPort) {
    SocketAddress.Builder address =
        SocketAddress.newBuilder().setAddress(ipPort.ip()).setPortValue(ipPort.port());
    if (kind.protocol() == Protocol.UDP) {
      address.setProtocol(SocketAddress.Protocol.UDP);
    }
    return Address.newBuilder().setSocketAddress(address).build();
  }

  private record LocalityKey(String region, String zone) implements Comparable<LocalityKey> {
    static LocalityKey of(UsableEndpoint.Location location) {
      return new LocalityKey(location.region(), location.zone());
    }

    @Override
    public int compareTo(LocalityKey other) {
      int byRegion = region.compareTo(other.region);
      return byRegion != 0 ? byRegion : zone.compareTo(other.zone);
    }
  }

  /** One (locality, priority): Envoy takes each pair once, and needs a weight of at least 1. */
  private static final class LocalityEndpoints {
    private final LocalityLbEndpoints.Builder builder = LocalityLbEndpoints.newBuilder();
    private final String zone;
    private int healthy;
    private int counted;

    LocalityEndpoints(LocalityKey key) {
      zone = key.zone();
      builder.setLocality(Locality.newBuilder().setRegion(key.region()).setZone(key.zone()));
    }

    void add(LbEndpoint endpoint, Health health) {
      builder.addLbEndpoints(endpoint);
      healthy += health == Health.HEALTHY ? 1 : 0;
      counted += health == Health.DRAINING ? 0 : 1;
    }

    LocalityLbEndpoints build(int priority, LocalityWeighing weighing) {
      LocalityWeighing.Weights weights =
          weighing.of(new LocalityWeighing.Counts(zone, healthy, counted));
      if (weights.endpoint() > 0) {
        UInt32Value ofEach = UInt32Value.of(weights.endpoint());
        for (int i = 0; i < builder.getLbEndpointsCount(); i++) {
          builder.setLbEndpoints(
              i, builder.getLbEndpoints(i).toBuilder().setLoadBalancingWeight(ofEach));
        }
      }
      return builder
          .setPriority(priority)
          .setLoadBalancingWeight(UInt32Value.of(weights.locality()))
          .build();
    }
  }
}
