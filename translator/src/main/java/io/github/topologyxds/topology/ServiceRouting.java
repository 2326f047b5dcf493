package io.github.topologyxds.topology;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Applies the routing rules to one Service: everything that does not depend on who asks. */
public final class ServiceRouting {
  private final ServiceState state;
  private final ServiceAsk ask;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Resolves what applies to the Service.
   *
   * @param state all that is known of the Service
   * @param options the server's own settings
   */
  public ServiceRouting(ServiceState state, RoutingOptions options) {
    this.state = state;
    this.ask = ServiceAsk.of(state, options, findings);
    checkSlices();
  }

  /** Returns the routing of one port in both families; adds to the {@link #findings}. */
  public Map<Family, PortRouting> port(ServicePort port) {
    EndpointCollector collector = new EndpointCollector(state, ask.notReady(), findings);
    Map<Family, PortEndpoints> collected = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      collected.put(family, collector.collect(port, family));
    }
    Map<Family, PortEndpoints> byFamily = OtherFamilyOnly.apply(collected);
    findings.addAll(PortFindings.of(state.service(), port, byFamily));
    PortEndpoints.Reach reach =
        state.service().topology().localOnly()
            ? PortEndpoints.Reach.LOCAL_ONLY
            : PortEndpoints.Reach.ANYWHERE;
    Map<Family, PortRouting> routings = new EnumMap<>(Family.class);
    byFamily.forEach((family, endpoints) -> {
      PortRouting routing = new PortRouting(endpoints, ask, reach);
      routings.put(family, routing);
      if (routing.autoWithoutHints()) {
        findings.add(autoWithoutHints(family));
      }
    });
    return routings;
  }

  private Finding autoWithoutHints(Family family) {
    return Finding.of(
        Reason.AUTO_WITHOUT_HINTS,
        "Service " + state.service().name(),
        "topology-mode Auto is asked for, but the ready "
            + family.label()
            + " endpoints have no complete hints: Kubernetes does not consider it safe, so"
            + " traffic goes cluster wide");
  }

  /** Returns what was odd so far, in the order of discovery. */
  public List<Finding> findings() {
    return findings;
  }

  private void checkSlices() {
    ServiceModel service = state.service();
    if (state.slices().isEmpty() && service.type() != ServiceType.EXTERNAL_NAME) {
      findings.add(
          Finding.of(
              Reason.SERVICE_WITHOUT_SLICES,
              "Service " + service.name(),
              "no EndpointSlice has the label kubernetes.io/service-name: "
                  + service.name().name()
                  + " in its namespace; its clusters are empty"));
    }
    for (SliceModel slice : state.slices()) {
      String object = "EndpointSlice " + slice.name();
      if (slice.addressType() == AddressType.FQDN) {
        findings.add(
            Finding.of(Reason.FQDN_SLICE, object, "addressType FQDN (served: IPv4, IPv6)"));
      } else if (slice.headlessLabel() && service.type() != ServiceType.HEADLESS) {
        findings.add(
            Finding.of(
                Reason.SLICE_HEADLESS_LABEL,
                object,
                "has the label service.kubernetes.io/headless, but Service "
                    + service.name()
                    + " has a clusterIP; the slice is left out, as kube-proxy does"));
      } else {
        checkPorts(slice, object);
      }
    }
  }

  private void checkPorts(SliceModel slice, String object) {
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
    for (var port : slice.ports()) {
      boolean known =
          state.service().ports().stream()
              .anyMatch(p -> p.name().equals(port.name()) && p.protocol() == port.protocol());
      if (!known && state.service().type() != ServiceType.EXTERNAL_NAME) {
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
}
