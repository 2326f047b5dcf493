package io.github.topologyxds.xds.routes;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.HostnameSubsets;
import io.github.topologyxds.xds.ServiceRoute;
import java.util.List;

/**
 * The Pods of a headless Service under their own names, such as {@code db-0.db.shop}: one virtual
 * host for all of them (see {@link HostnameSubsets}).
 *
 * @param clusterDomain usually {@code cluster.local}
 */
public record PodHost(ServiceRoute route, String clusterDomain) implements RoutedHost {
  @Override
  public ObjectName service() {
    return route.service();
  }

  @Override
  public String clusterName() {
    return route.clusterName();
  }

  @Override
  public List<String> domains() {
    return route.hosts(clusterDomain).stream()
        .flatMap(host -> route.withAndWithoutPort("*." + host).stream())
        .toList();
  }

  @Override
  public List<String> bareDomains() {
    return route.withAndWithoutPort("*." + service().name());
  }

  @Override
  public VirtualHost virtualHost(List<String> domains) {
    Route.Builder toPod =
        route.toCluster().putAllTypedPerFilterConfig(HostnameSubsets.BY_FIRST_LABEL);
    toPod.getMatchBuilder().addHeaders(oneLabelBeforeTheService());
    toPod.getRouteBuilder().setMetadataMatch(HostnameSubsets.NOBODY);
    return VirtualHost.newBuilder()
        .setName("pods/" + clusterName())
        .addAllDomains(domains)
        .addRoutes(toPod)
        .build();
  }

  /** The {@code *} of a domain stands for several labels as well, and a hostname is one. */
  private HeaderMatcher oneLabelBeforeTheService() {
    String regex =
        "(?i)[^.]+\\.%s(\\.%s(\\.svc(\\.%s)?)?)?(:%d)?"
            .formatted(
                service().name(),
                service().namespace(),
                clusterDomain.replace(".", "\\."),
                route.port().number());
    return HeaderMatcher.newBuilder()
        .setName(":authority")
        .setStringMatch(
            StringMatcher.newBuilder().setSafeRegex(RegexMatcher.newBuilder().setRegex(regex)))
        .build();
  }
}
