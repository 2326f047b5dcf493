package io.github.topologyxds.topology;

/**
 * The server's own settings of the routing rules.
 *
 * @param preference for Services that ask for nothing themselves ({@code --preference})
 * @param derive whether {@code spec.trafficDistribution} is followed where hints are not usable;
 *     off with {@code --no-derive}, which makes P0 exactly kube-proxy's set
 * @param notReady what becomes of endpoints that are not ready ({@code --not-ready})
 */
public record RoutingOptions(Preference preference, boolean derive, NotReady notReady) {
  public static final RoutingOptions DEFAULT =
      new RoutingOptions(Preference.NONE, true, NotReady.AUTO);
}
