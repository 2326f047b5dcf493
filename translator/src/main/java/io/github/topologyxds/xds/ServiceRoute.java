package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.topology.settings.MaxConnectionAge;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How one service port is reached through the sidecar.
 *
 * @param type of the Service: the Pods of a headless one have names of their own
 * @param clusterIps canonical literals
 * @param withoutPort whether the Service's domains without a port belong to this port: it is port
 *     80, or the Service's only one
 * @param maxConnectionAge of connections to a port that is TCP
 * @param created when the Service was, as {@link ServiceModel#created}
 */
public record ServiceRoute(
    ObjectName service,
    ServicePort port,
    ServiceType type,
    List<String> clusterIps,
    boolean withoutPort,
    MaxConnectionAge maxConnectionAge,
    long created) {

  /** What a route does where requests fail; lacks its cluster. */
  public static final RouteAction FAILOVER =
      RouteAction.newBuilder()
          // Envoy's default of 15 s would end every gRPC stream and long download.
          .setTimeout(Duration.getDefaultInstance())
          .setRetryPolicy(
              RetryPolicy.newBuilder()
                  // Never "reset": a backend that had read the POST ran it three times.
                  .setRetryOn("connect-failure,refused-stream,reset-before-request")
                  .setNumRetries(UInt32Value.of(4))
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

  /**
   * Returns all routes of Services, those of the oldest first: what two claim is the older one's.
   */
  public static List<ServiceRoute> oldestFirst(Collection<ServiceTranslation> services) {
    List<ServiceRoute> routes = new ArrayList<>();
    services.forEach(service -> routes.addAll(service.routes()));
    routes.sort(
        Comparator.comparingLong(ServiceRoute::created).thenComparing(ServiceRoute::service));
    return routes;
  }

  /** Returns the name of the cluster that the port is served by. */
  public String clusterName() {
    return ResourceNames.cluster(service, port);
  }

  /** Returns the names that the Service has for everybody, as Kubernetes' DNS has them. */
  public List<String> hosts(String clusterDomain) {
    String inNamespace = service.name() + "." + service.namespace();
    return List.of(inNamespace, inNamespace + ".svc", inNamespace + ".svc." + clusterDomain);
  }

  /** Returns the domains that a host makes for this port. */
  public List<String> withAndWithoutPort(String host) {
    String withPort = host + ":" + port.number();
    return withoutPort ? List.of(withPort, host) : List.of(withPort);
  }

  /** Returns the route of every path to the cluster. */
  public Route.Builder toCluster() {
    return Route.newBuilder()
        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
        .setRoute(FAILOVER.toBuilder().setCluster(clusterName()));
  }
}
