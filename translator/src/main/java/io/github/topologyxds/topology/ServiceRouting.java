package io.github.topologyxds.topology;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.endpoint.Reach;
import io.github.topologyxds.topology.endpoint.ReadyHints;
import io.github.topologyxds.topology.ports.PortSlices;
import io.github.topologyxds.topology.ports.SlicePorts;
import io.github.topologyxds.topology.settings.MaxConnectionAge;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.Setting;
import io.github.topologyxds.topology.settings.ZonalShiftUse;
import io.github.topologyxds.topology.settings.ZoneWeightsRule;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies the routing rules to one Service: everything that does not depend on who asks. */
public final class ServiceRouting {
  private final ServiceState state;
  private final ServiceRoutingPolicy policy;
  private final Reach reach;
  private final ShiftedZones shifts;
  private final SlicePorts slicePorts;
  private final Map<Shared, PortEndpoints> shared = new HashMap<>();
  private final FindingSet findings;

  /** By the endpoints, which ports of the same slices share: it is the same for all of them. */
  private final Map<PortEndpoints, Optional<NearLoad>> nearLoads = new HashMap<>();

  private record Shared(Family family, PortSlices.Key key) {}

  /**
   * Resolves what applies to the Service.
   *
   * @param state all that is known of the Service
   * @param served its ports that may be asked for
   * @param options the server's own settings
   * @param findings takes what is odd
   */
  public ServiceRouting(
      ServiceState state,
      Collection<ServicePort> served,
      RoutingOptions options,
      FindingSet findings) {
    this.state = state;
    this.findings = findings;
    this.policy = ServiceRoutingPolicy.of(state, options, findings);
    this.reach = Reach.of(state, policy.traffic().failover().value());
    this.shifts =
        reach.localOnly() || policy.traffic().zonalShift().value() == ZonalShiftUse.IGNORE
            ? ShiftedZones.NONE
            : state.shifts();
    this.slicePorts = new SlicePorts(state.service(), state.slices(), served);
    checkSlices(served);
    SettingConflicts.of(state.service(), policy).forEach(findings::add);
    ZoneWeightsRule.findings(state, policy.traffic().zoneWeights().value()).forEach(findings::add);
  }

  /** Returns how old the TCP connections of the Service become. */
  public Setting<MaxConnectionAge> maxConnectionAge() {
    return policy.traffic().maxConnectionAge();
  }

  /** Returns the routing of one port in both families; adds to the findings. */
  public Map<Family, PortRouting> port(ServicePort port) {
    Map<Family, PortSlices> slices = new EnumMap<>(Family.class);
    Map<Family, PortEndpoints> seen = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      PortSlices ofFamily = slicePorts.of(port, family);
      slices.put(family, ofFamily);
      seen.put(
          family,
          shared.computeIfAbsent(
              new Shared(family, ofFamily.key()), key -> endpoints(ofFamily, family)));
    }
    Map<Family, PortEndpoints> told = OtherFamilyOnly.apply(seen);
    PortFindings.of(state.service(), port, told).forEach(findings::add);
    Map<Family, PortRouting> byFamily = new EnumMap<>(Family.class);
    slices.forEach((family, ofFamily) ->
        byFamily.put(
            family,
            new PortRouting(
                Objects.requireNonNull(told.get(family)),
                ofFamily,
                policy,
                reach,
                state.demand(),
                shifts)));
    byFamily.forEach((family, routing) -> {
      FailoverFindings.of(state, port, routing).ifPresent(findings::add);
      ZonalShiftFindings.of(state, port, routing).ifPresent(findings::add);
      Optional<NearLoad> load =
          nearLoads.computeIfAbsent(
              Objects.requireNonNull(told.get(family)), e -> routing.nearLoad());
      NearLoadFindings.of(state, port, routing, load).ifPresent(findings::add);
      SettingConflicts.fairWithoutZone(state.service(), routing).ifPresent(findings::add);
    });
    return byFamily;
  }

  /** Puts the endpoints together, once for all ports of the same slices. */
  private PortEndpoints endpoints(PortSlices slices, Family family) {
    PortEndpoints endpoints =
        new EndpointCollector(state, policy.notReady(), findings).collect(slices, family);
    if (autoWithoutHints(endpoints)) {
      findings.add(
          Finding.of(
              Reason.AUTO_WITHOUT_HINTS,
              ObjectKey.service(state.service().name()),
              "topology-mode Auto is asked for, but the ready "
                  + family.label()
                  + " endpoints have no complete hints: Kubernetes does not consider it safe, so"
                  + " traffic goes cluster wide"));
    }
    return endpoints;
  }

  /** True when Auto was asked for, hints would be read, and the ready endpoints lack them. */
  private boolean autoWithoutHints(PortEndpoints endpoints) {
    return !reach.localOnly()
        && policy.hints() == ServiceRoutingPolicy.HintUse.AUTO
        && endpoints.anyReady()
        && endpoints.hintCover() != ReadyHints.Cover.COMPLETE;
  }

  private void checkSlices(Collection<ServicePort> served) {
    ServiceModel service = state.service();
    Ports ports = new Ports(Ports.keys(service.ports()), Ports.keys(served));
    if (state.slices().isEmpty() && service.type() != ServiceType.EXTERNAL_NAME) {
      findings.add(
          Finding.of(
              Reason.SERVICE_WITHOUT_SLICES,
              ObjectKey.service(service.name()),
              "no EndpointSlice has the label kubernetes.io/service-name: "
                  + service.name().name()
                  + " in its namespace; its clusters are empty"));
    }
    for (SliceModel slice : state.slices()) {
      ObjectReference object = ObjectKey.slice(slice.name());
      if (slice.addressType() == AddressType.FQDN
          && served.stream().noneMatch(slicePorts::areNames)) {
        findings.add(
            Finding.of(
                Reason.FQDN_SLICE,
                object,
                "addressType FQDN; names are served to TCP ports that have no IPs"));
      } else if (slice.headlessLabel() && service.type() != ServiceType.HEADLESS) {
        findings.add(
            Finding.of(
                Reason.SLICE_HEADLESS_LABEL,
                object,
                "has the label service.kubernetes.io/headless, but Service "
                    + service.name()
                    + " has a clusterIP; the slice is left out, as kube-proxy does"));
      } else {
        checkPorts(slice, object, ports);
        resolvedByEnvoys(slice).ifPresent(findings::add);
      }
    }
  }

  private Optional<Finding> resolvedByEnvoys(SliceModel slice) {
    boolean told = state.service().type() == ServiceType.EXTERNAL_NAME;
    return slice.addressType() != AddressType.FQDN || told
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                Reason.ENDPOINTS_BY_NAME,
                ObjectKey.slice(slice.name()),
                "Envoys that have their clusters from here resolve its names; gRPC clients, and"
                    + " Envoys that have endpoints alone, get none of them"));
  }

  private void checkPorts(SliceModel slice, ObjectReference object, Ports ports) {
    if (slice.ports().isEmpty()
        && !slice.endpoints().isEmpty()
        && !state.service().ports().isEmpty()) {
      findings.add(
          Finding.of(
              Reason.SLICE_WITHOUT_PORTS,
              object,
              "has no ports, so its "
                  + slice.endpoints().size()
                  + " endpoints are left out; Kubernetes writes it so where no container port has"
                  + " the name that the Service's targetPort has"));
    }
    for (SlicePort port : slice.ports()) {
      SlicePorts.PortKey key = SlicePorts.PortKey.of(port);
      if (ports.served().contains(key)) {
        checkNumber(slice, object, port.number());
      } else if (!ports.all().contains(key)
          && state.service().type() != ServiceType.EXTERNAL_NAME) {
        findings.add(
            Finding.of(
                Reason.PORT_NOT_IN_SERVICE,
                object,
                "port \""
                    + Finding.quote(port.name())
                    + "\" "
                    + port.protocol()
                    + " is no port of Service "
                    + state.service().name()));
      }
    }
  }

  private void checkNumber(SliceModel slice, ObjectReference object, int number) {
    String leftOut = "; its " + slice.endpoints().size() + " endpoints are left out";
    if (number == 0) {
      findings.add(
          Finding.of(
              Reason.PORT_WITHOUT_NUMBER,
              object,
              "a port without a number would mean all ports, which no consumer supports"
                  + leftOut));
    } else if (!SlicePorts.isValid(number)) {
      findings.add(
          Finding.of(
              Reason.PORT_INVALID, object, "port " + number + " (allowed: 1..65535)" + leftOut));
    }
  }

  /** The Service's ports as slices name them. */
  private record Ports(Set<SlicePorts.PortKey> all, Set<SlicePorts.PortKey> served) {
    static Set<SlicePorts.PortKey> keys(Collection<ServicePort> ports) {
      return ports.stream().map(SlicePorts.PortKey::of).collect(Collectors.toSet());
    }
  }
}
