package io.github.topologyxds.xds.routes;

import com.google.common.net.InetAddresses;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.ServiceRoute;
import java.util.ArrayList;
import java.util.List;

/**
 * A service port under the names and the cluster IPs of its Service.
 *
 * @param clusterDomain usually {@code cluster.local}
 */
public record ServiceHost(ServiceRoute route, String clusterDomain) implements RoutedHost {
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
    List<String> hosts = new ArrayList<>(route.hosts(clusterDomain));
    for (String ip : route.clusterIps()) {
      hosts.add(InetAddresses.toUriString(InetAddresses.forString(ip)));
    }
    return hosts.stream().flatMap(host -> route.withAndWithoutPort(host).stream()).toList();
  }

  @Override
  public List<String> bareDomains() {
    return route.withAndWithoutPort(service().name());
  }

  @Override
  public VirtualHost virtualHost(List<String> domains) {
    return VirtualHost.newBuilder()
        .setName(clusterName())
        .addAllDomains(domains)
        .addRoutes(route.toCluster())
        .build();
  }
}
