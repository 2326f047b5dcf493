package io.github.topologyxds.xds;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.PortNumber;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.ServiceRouting;
import io.github.topologyxds.topology.ports.ServiceSize;
import io.github.topologyxds.topology.settings.MaxConnectionAge;
import io.github.topologyxds.topology.settings.Origin;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.Setting;
import io.github.topologyxds.topology.settings.Visibility;
import io.github.topologyxds.topology.settings.WrittenSettings;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole translation of one Service: pure, so equal states give equal bytes. Any thread. */
public final class Translator {
  private static final int HTTP_PORT = 80;

  private final RoutingOptions options;
  private final DnsResolvers resolvers;

  /** A translator with these rules; it keeps no state. */
  public Translator(RoutingOptions options) {
    this(options, DnsResolvers.OF_THE_CLIENT);
  }

  /**
   * A translator with these rules; it keeps no state.
   *
   * @param resolvers whom Envoys ask for the addresses of names
   */
  public Translator(RoutingOptions options, DnsResolvers resolvers) {
    this.options = options;
    this.resolvers = resolvers;
  }

  /** Returns how large a Service is; {@link #translate} translates what of it is served. */
  public ServiceSize size(ServiceState state) {
    return ServiceSize.of(state.service(), state.slices(), options.limits());
  }

  /** Translates a Service with all that is known of it; never throws on a user's data. */
  public ServiceTranslation translate(ServiceState written) {
    ServiceState state = ExternalName.asSlice(written);
    ServiceModel service = state.service();
    FindingSet findings = new FindingSet(ObjectKey.service(service.name()));
    ServiceSize size = size(state);
    size.excess(service, options.limits()).forEach(findings::add);
    List<ServicePort> served = servedPorts(service, size.served(), findings);
    ServiceRouting routing = new ServiceRouting(state, served, options, findings);
    List<PortTranslation> ports = new ArrayList<>();
    List<Map<Family, PortRouting>> routed = new ArrayList<>();
    for (ServicePort port : served) {
      Map<Family, PortRouting> byFamily = routing.port(port);
      routed.add(byFamily);
      ports.add(new PortTranslation(state, port, byFamily, resolvers));
    }
    PodNames podNames = PodNames.of(service, routed);
    Setting<MaxConnectionAge> age = routing.maxConnectionAge();
    List<ServiceRoute> routes = routes(service, served, age.value(), findings);
    withoutConnections(service, routes, age).ifPresent(findings::add);
    Visibility visibility =
        Visibility.of(state, new WrittenSettings(state, findings), options.visibleTo());
    return new ServiceTranslation(
        service.name(), ports, routes, podNames, visibility, findings.sorted());
  }

  private static List<ServicePort> servedPorts(
      ServiceModel service, List<ServicePort> within, FindingSet findings) {
    ObjectReference object = ObjectKey.service(service.name());
    if (service.type() == ServiceType.EXTERNAL_NAME) {
      findings.add(ExternalName.finding(service));
      if (!ExternalName.isServed(service)) {
        return List.of();
      }
    }
    if (!DnsLabel.isValid(service.name().name()) || !DnsLabel.isValid(service.name().namespace())) {
      findings.add(
          Finding.of(
              Reason.NAME_INVALID, object, "the name is no DNS label; the Service is not served"));
      return List.of();
    }
    if (service.ports().isEmpty()) {
      findings.add(
          Finding.of(Reason.SERVICE_WITHOUT_PORTS, object, Reason.SERVICE_WITHOUT_PORTS.meaning()));
    }
    if (service.sessionAffinity()) {
      findings.add(
          Finding.of(
              Reason.SESSION_AFFINITY,
              object,
              "sessionAffinity ClientIP is not supported; requests are spread over all endpoints"));
    }
    Set<String> names = new HashSet<>();
    List<ServicePort> served = new ArrayList<>();
    for (ServicePort port : within) {
      if (isServed(port, object, findings)) {
        if (names.add(ResourceNames.cluster(service.name(), port))) {
          served.add(port);
        } else {
          findings.add(
              Finding.of(
                  Reason.RESOURCE_NAME_CONFLICT,
                  object,
                  "two ports make the cluster "
                      + ResourceNames.cluster(service.name(), port)
                      + "; the first one is served"));
        }
      }
    }
    return served;
  }

  private static boolean isServed(ServicePort port, ObjectReference object, FindingSet findings) {
    String label = "port " + (port.name().isEmpty() ? "" : port.name() + " ") + port.number();
    if (!PortNumber.isValid(port.number())) {
      findings.add(Finding.of(Reason.SERVICE_PORT_INVALID, object, label + " (allowed: 1..65535)"));
      return false;
    }
    if (!port.name().isEmpty() && !DnsLabel.isValid(port.name())) {
      findings.add(
          Finding.of(
              Reason.NAME_INVALID,
              object,
              "port name \"" + Finding.quote(port.name()) + "\" is no DNS label; it is left out"));
      return false;
    }
    return switch (port.protocol()) {
      case TCP -> {
        PortProtocol.contradiction(port)
            .ifPresent(message ->
                findings.add(Finding.of(Reason.PORT_PROTOCOL_CONFLICT, object, message)));
        yield true;
      }
      case UDP -> {
        findings.add(
            Finding.of(
                Reason.PROTOCOL_WITHOUT_ROUTE,
                object,
                label + " is UDP: it has a cluster with endpoints, but no HTTP route"));
        yield true;
      }
      case SCTP -> {
        findings.add(
            Finding.of(
                Reason.PROTOCOL_NOT_SERVED,
                object,
                label + " is SCTP, which Envoy does not speak; it is left out"));
        yield false;
      }
    };
  }

  /** A sidecar closes what it has caught on its way to a clusterIP, and takes for TCP. */
  private static Optional<Finding> withoutConnections(
      ServiceModel service, List<ServiceRoute> routes, Setting<MaxConnectionAge> age) {
    boolean asked = age.origin() == Origin.SERVICE && age.value().limited();
    boolean any =
        routes.stream()
            .anyMatch(route -> route.maxConnectionAge().limited() && !route.clusterIps().isEmpty());
    return asked && !any
        ? Optional.of(
            Finding.of(
                Reason.SETTING_WITHOUT_EFFECT,
                ObjectKey.service(service.name()),
                AnnotationNames.MAX_CONNECTION_AGE
                    + " has no effect: the Service has no TCP port with a clusterIP"))
        : Optional.empty();
  }

  private List<ServiceRoute> routes(
      ServiceModel service, List<ServicePort> served, MaxConnectionAge age, FindingSet findings) {
    List<String> clusterIps = ClusterIps.of(service, options.serviceRange(), findings);
    List<ServicePort> http =
        served.stream().filter(port -> port.protocol() == Protocol.TCP).toList();
    boolean hasHttpPort = http.stream().anyMatch(port -> port.number() == HTTP_PORT);
    List<ServiceRoute> routes = new ArrayList<>();
    for (ServicePort port : http) {
      boolean withoutPort = hasHttpPort ? port.number() == HTTP_PORT : service.ports().size() == 1;
      MaxConnectionAge ofPort =
          switch (PortProtocol.of(port)) {
            case HTTP -> MaxConnectionAge.NONE;
            case TCP -> age;
          };
      routes.add(
          new ServiceRoute(
              service.name(),
              port,
              service.type(),
              clusterIps,
              withoutPort,
              ofPort,
              service.created()));
    }
    return routes;
  }
}
