package io.github.topologyxds.slices;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import io.github.topologyxds.slices.observed.WorkloadPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** ExternalWorkloads as endpoints of the Services that select them, as pods are. */
final class WorkloadEndpoints {
  private static final String KIND = "ExternalWorkload";

  private final DesiredService service;
  private final EndpointPlaces places;
  private final List<Finding> findings;

  WorkloadEndpoints(DesiredService service, EndpointPlaces places, List<Finding> findings) {
    this.service = service;
    this.places = places;
    this.findings = findings;
  }

  void addTo(DesiredEndpoints desired, List<ExternalWorkload> workloads, AllowedAddresses allowed) {
    workloads.stream()
        .filter(workload -> workload.name().namespace().equals(service.name().namespace()))
        .filter(workload -> service.selects(workload.labels()))
        .sorted(Comparator.comparing(ExternalWorkload::name))
        .forEach(workload -> offers(workload).forEach(offer -> desired.add(offer, allowed)));
  }

  private List<DesiredEndpoints.Offer> offers(ExternalWorkload workload) {
    List<PublishedPort> ports =
        DesiredEndpoints.valid(workload.object(), ports(workload), findings);
    PublishedEndpoint.Place place =
        places.place(
            workload.object(),
            new PublishedEndpoint.Place(workload.hostname(), workload.nodeName(), workload.zone()));
    TargetRef target =
        new TargetRef(KIND, workload.name().namespace(), workload.name().name(), workload.uid());
    List<DesiredEndpoints.Offer> offers = new ArrayList<>();
    for (String address : workload.addresses()) {
      offers.add(
          new DesiredEndpoints.Offer(
              workload.object(), address, conditions(workload), place, target, ports));
    }
    return offers;
  }

  /** Ready as a pod is: serving tells the truth even where publishNotReadyAddresses does not. */
  private Conditions conditions(ExternalWorkload workload) {
    return new Conditions(
        workload.ready() || service.is(DesiredService.Trait.PUBLISHES_NOT_READY),
        workload.ready(),
        false);
  }

  private List<PublishedPort> ports(ExternalWorkload workload) {
    List<PublishedPort> ports = new ArrayList<>();
    for (DesiredPort port : service.ports()) {
      Optional<Integer> number =
          switch (port.target()) {
            case TargetPort.Numbered fixed -> Optional.of(fixed.number());
            case TargetPort.Named named -> numberOf(workload, named, port);
          };
      number.ifPresent(
          n -> ports.add(new PublishedPort(port.name(), n, port.protocol(), port.appProtocol())));
    }
    return ports;
  }

  private Optional<Integer> numberOf(
      ExternalWorkload workload, TargetPort.Named target, DesiredPort port) {
    for (WorkloadPort candidate : workload.ports()) {
      if (candidate.name().equals(target.name()) && candidate.protocol() == port.protocol()) {
        return Optional.of(candidate.number());
      }
    }
    findings.add(
        Finding.of(
            Reason.TARGET_PORT_UNKNOWN,
            workload.object(),
            "it has no "
                + port.protocol()
                + " port of the name \""
                + Finding.quote(target.name())
                + "\", which "
                + service.object()
                + " has as targetPort; it is left out there"));
    return Optional.empty();
  }
}
