package io.github.topologyxds.xds;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.address.DnsName;
import java.util.List;

/**
 * A Service of type ExternalName, which is an alias in DNS and nothing else, read as a slice with
 * that one name. Who calls such a Service chooses the port; here its {@code ports} tell which there
 * are, by their {@code port}, as nothing translates {@code targetPort}.
 */
final class ExternalName {
  private ExternalName() {}

  /** Returns the Service with the slice that its name stands for; all others as they are. */
  static ServiceState asSlice(ServiceState state) {
    ServiceModel service = state.service();
    if (service.type() != ServiceType.EXTERNAL_NAME || !isServed(service)) {
      return state;
    }
    List<SlicePort> ports =
        service.ports().stream()
            .map(port -> new SlicePort(port.name(), port.number(), port.protocol()))
            .toList();
    EndpointModel name =
        new EndpointModel(service.externalName(), "", "", "", "", Hints.NONE, Readiness.READY);
    return state.withSlices(
        List.of(
            new SliceModel(
                service.name(), service.name(), AddressType.FQDN, false, ports, List.of(name))));
  }

  /** Returns whether there is anything to be called. */
  static boolean isServed(ServiceModel service) {
    return !service.ports().isEmpty() && DnsName.canonical(service.externalName()).isPresent();
  }

  /** Returns what its owner is to know. */
  static Finding finding(ServiceModel service) {
    ObjectKey object = ObjectKey.service(service.name());
    if (isServed(service)) {
      return Finding.of(
          Reason.ENDPOINTS_BY_NAME,
          object,
          "clients that have their clusters from here resolve its externalName; Envoys that have"
              + " endpoints alone get none");
    }
    return Finding.of(
        Reason.EXTERNAL_NAME,
        object,
        service.ports().isEmpty()
            ? "type ExternalName without ports: name those that are called, and it is served"
            : "externalName \""
                + Finding.quote(service.externalName())
                + "\" is no DNS name; the Service is not served");
  }
}
