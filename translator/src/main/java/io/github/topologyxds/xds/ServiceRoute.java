package io.github.topologyxds.xds;

import com.google.common.net.InetAddresses;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServicePort;
import java.util.ArrayList;
import java.util.List;

/**
 * How one service port is reached through the sidecar.
 *
 * @param clusterIps canonical literals
 * @param withoutPort whether the Service's domains without a port belong to this port: it is port
 *     80, or the Service's only one
 */
public record ServiceRoute(
    ObjectName service, ServicePort port, List<String> clusterIps, boolean withoutPort) {

  private static final RouteAction FAILOVER =
      RouteAction.newBuilder()
          // Envoy's default of 15 s would end every gRPC stream and long download.
          .setTimeout(Duration.getDefaultInstance())
          .setRetryPolicy(
              RetryPolicy.newBuilder()
                  // Never "reset": a backend that had read the POST ran it three times.
                  .setRetryOn("connect-failure,refused-stream,reset-before-request")
                  .setNumRetries(UInt32Value.of(2))
                  .setRetryPriority(
                      RetryPolicy.RetryPriority.newBuilder()
                          .setName("envoy.retry_priorities.previous_priorities")
                          .setTypedConfig(
                              Any.pack(
                                  PreviousPrioritiesConfig.newBuilder()
                                      .setUpdateFrequency(1)
                                      .build())))
                  .addRetryHostPredicate(
                      RetryPolicy.RetryHostPredicate.newBuilder()
                          .setName("envoy.retry_host_predicates.previous_hosts")
                          .setTypedConfig(Any.pack(PreviousHostsPredicate.getDefaultInstance())))
                  .setHostSelectionRetryMaxAttempts(5))
          .build();

  public ServiceRoute {
    clusterIps = List.copyOf(clusterIps);
  }

  public String clusterName() {
    return ResourceNames.cluster(service, port);
  }

  /**
   * Returns the domains that this port answers to for everybody: with its port, and without one if
   * {@link #withoutPort}.
   */
  List<String> domains(String clusterDomain) {
    String inNamespace = service.name() + "." + service.namespace();
    List<String> hosts = new ArrayList<>();
    hosts.add(inNamespace);
    hosts.add(inNamespace + ".svc");
    hosts.add(inNamespace + ".svc." + clusterDomain);
    for (String ip : clusterIps) {
      hosts.add(InetAddresses.toUriString(InetAddresses.forString(ip)));
    }
    List<String> domains = new ArrayList<>();
    hosts.forEach(host -> domains.addAll(withAndWithoutPort(host)));
    return domains;
  }

  /** Returns the domains that it has besides for clients of its own namespace. */
  List<String> bareDomains() {
    return withAndWithoutPort(service.name());
  }

  private List<String> withAndWithoutPort(String host) {
    String withPort = host + ":" + port.number();
    return withoutPort ? List.of(withPort, host) : List.of(withPort);
  }

  /** Returns the virtual host with these domains, of which there must be at least one. */
  VirtualHost virtualHost(List<String> domains) {
    return VirtualHost.newBuilder()
        .setName(clusterName())
        .addAllDomains(domains)
        .addRoutes(
            Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRoute(FAILOVER.toBuilder().setCluster(clusterName())))
        .build();
  }
}
