package io.github.topologyxds.topology.endpoint;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.settings.Failover;

/**
 * How far a Service lets its clients reach: {@code internalTrafficPolicy: Local}, else failover.
 *
 * @param places where the Nodes are: they tell a client's region
 */
public record Reach(Extent extent, ClusterTopology places) {

  /** The same, without the places. */
  public enum Extent {
    /** Rule 1: the client's Node. */
    LOCAL_ONLY,
    /** The first tier, whatever that is. */
    FIRST_TIER,
    ZONE,
    REGION,
    ANYWHERE
  }

  /** Returns how far the Service's traffic policy and failover let clients go. */
  public static Reach of(ServiceState state, Failover failover) {
    return new Reach(
        state.service().topology().localOnly()
            ? Extent.LOCAL_ONLY
            : switch (failover) {
              case ANYWHERE -> Extent.ANYWHERE;
              case REGION -> Extent.REGION;
              case ZONE -> Extent.ZONE;
              case NONE -> Extent.FIRST_TIER;
            },
        state.topology());
  }

  /** Whether clients get the endpoints of their own Node alone (internalTrafficPolicy: Local). */
  public boolean localOnly() {
    return extent == Extent.LOCAL_ONLY;
  }

  /** True where failover keeps clients from endpoints that they would have. */
  public boolean restricted() {
    return switch (extent) {
      case LOCAL_ONLY, ANYWHERE -> false;
      case FIRST_TIER, ZONE, REGION -> true;
    };
  }

  /** True for an endpoint that failover leaves to this client, by the endpoint's own place. */
  public boolean covers(UsableEndpoint endpoint, ClientView view) {
    return switch (extent) {
      case LOCAL_ONLY, FIRST_TIER, ANYWHERE -> true;
      case ZONE -> endpoint.inZone(view.zone());
      case REGION -> inRegion(endpoint, view.zone());
    };
  }

  /** True where clients of both zones reach the same endpoints. */
  public boolean sharedBy(String zone, String other) {
    return switch (extent) {
      case LOCAL_ONLY, FIRST_TIER, ANYWHERE -> true;
      case ZONE -> zone.equals(other);
      case REGION -> places.regionOf(zone).equals(places.regionOf(other));
    };
  }

  /** Who does not know his region has none, and neither has an endpoint without one. */
  private boolean inRegion(UsableEndpoint endpoint, String zone) {
    String region = places.regionOf(zone);
    return !region.isEmpty() && endpoint.location().region().equals(region);
  }
}
