package io.github.topologyxds.slices;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import java.util.List;

/**
 * A legacy Endpoints object as endpoints with zones, which Kubernetes' own mirroring never sets
 * (pkg/controller/endpointslicemirroring). Only where that one is told to stay away, so that
 * nothing is published twice.
 */
final class MirroredEndpoints {
  private final DesiredService service;
  private final EndpointPlaces places;
  private final List<Finding> findings;

  MirroredEndpoints(DesiredService service, EndpointPlaces places, List<Finding> findings) {
    this.service = service;
    this.places = places;
    this.findings = findings;
  }

  void addTo(DesiredEndpoints desired, LegacyEndpoints endpoints) {
    if (!service.selector().isEmpty()) {
      refuse("the Service has a selector, so that Kubernetes writes its EndpointSlices");
    } else if (!endpoints.skipMirror()) {
      refuse(
          "Kubernetes mirrors "
              + endpoints.object()
              + ", as it lacks the label endpointslice.kubernetes.io/skip-mirror: \"true\"");
    } else {
      endpoints.subsets().forEach(subset -> add(desired, subset, endpoints.object()));
    }
  }

  private void add(
      DesiredEndpoints desired, LegacyEndpoints.Subset subset, ObjectReference object) {
    List<PublishedPort> ports = DesiredEndpoints.valid(object, subset.ports(), findings);
    for (LegacyEndpoints.Address address : subset.ready()) {
      desired.add(offer(object, address, Conditions.READY, ports), AllowedAddresses.ALL);
    }
    for (LegacyEndpoints.Address address : subset.notReady()) {
      desired.add(offer(object, address, Conditions.NOT_READY, ports), AllowedAddresses.ALL);
    }
  }

  private DesiredEndpoints.Offer offer(
      ObjectReference object,
      LegacyEndpoints.Address address,
      Conditions conditions,
      List<PublishedPort> ports) {
    PublishedEndpoint.Place place =
        places.place(
            object, new PublishedEndpoint.Place(address.hostname(), address.nodeName(), ""));
    return new DesiredEndpoints.Offer(
        object, address.ip(), conditions, place, address.target(), ports);
  }

  private void refuse(String why) {
    findings.add(Finding.of(Reason.MIRROR_REFUSED, service.object(), why));
  }
}
