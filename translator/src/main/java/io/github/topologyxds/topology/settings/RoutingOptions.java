package io.github.topologyxds.topology.settings;

import io.github.topologyxds.topology.address.ServiceRange;

/**
 * The server's own settings of the routing rules.
 *
 * @param preference for Services that ask for nothing themselves ({@code --preference})
 * @param derive whether {@code spec.trafficDistribution} is followed where hints are not usable;
 *     off with {@code --no-derive}, which makes P0 exactly kube-proxy's set
 * @param notReady what becomes of endpoints that are not ready ({@code --not-ready})
 * @param limits how much of one Service is served
 * @param serviceRange where clusterIPs make domains ({@code --service-cidrs})
 * @param traffic how traffic is spread, for Services that ask for nothing themselves
 * @param visibleTo who sees Services that say nothing themselves ({@code --visible-to})
 */
public record RoutingOptions(
    Preference preference,
    boolean derive,
    NotReady notReady,
    ServiceLimits limits,
    ServiceRange serviceRange,
    TrafficPolicy traffic,
    VisibleTo visibleTo) {
  public static final RoutingOptions DEFAULT =
      new RoutingOptions(Preference.NONE, true, NotReady.AUTO);

  /** The options of a server that asks for nothing of how traffic is spread. */
  public RoutingOptions(
      Preference preference,
      boolean derive,
      NotReady notReady,
      ServiceLimits limits,
      ServiceRange serviceRange) {
    this(
        preference,
        derive,
        notReady,
        limits,
        serviceRange,
        TrafficPolicy.DEFAULT,
        new VisibleTo.Everybody());
  }

  /** The options of a server that makes a domain of every clusterIP that the API allows. */
  public RoutingOptions(
      Preference preference, boolean derive, NotReady notReady, ServiceLimits limits) {
    this(preference, derive, notReady, limits, ServiceRange.ANY);
  }

  /** The options of a server with the default limits. */
  public RoutingOptions(Preference preference, boolean derive, NotReady notReady) {
    this(preference, derive, notReady, ServiceLimits.DEFAULT);
  }

  /** Returns these options with another preference. */
  public RoutingOptions with(Preference other) {
    return new RoutingOptions(other, derive, notReady, limits, serviceRange, traffic, visibleTo);
  }

  /** Returns these options with other settings of how traffic is spread. */
  public RoutingOptions with(TrafficPolicy other) {
    return new RoutingOptions(preference, derive, notReady, limits, serviceRange, other, visibleTo);
  }

  /** Returns the same with others who see Services that say nothing themselves. */
  public RoutingOptions with(VisibleTo other) {
    return new RoutingOptions(preference, derive, notReady, limits, serviceRange, traffic, other);
  }
}
