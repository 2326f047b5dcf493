package io.github.topologyxds.slices;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.List;
import java.util.SortedMap;

/**
 * Where an endpoint is. What the API server would refuse is left out with a finding: one bad value
 * would fail the write of its whole slice (pkg/apis/discovery/validation).
 */
final class EndpointPlaces {
  private final SortedMap<String, String> zoneByNode;
  private final List<Finding> findings;

  EndpointPlaces(SortedMap<String, String> zoneByNode, List<Finding> findings) {
    this.zoneByNode = zoneByNode;
    this.findings = findings;
  }

  /** The zone is the written one, else its Node's; an invalid one is unknown and not replaced. */
  PublishedEndpoint.Place place(ObjectReference object, PublishedEndpoint.Place written) {
    String node = written.nodeName();
    if (!node.isEmpty() && !DnsSubdomain.isValid(node)) {
      add(Reason.NODE_NAME_INVALID, object, "nodeName", node);
      node = "";
    }
    String hostname = written.hostname();
    if (!hostname.isEmpty() && !DnsLabel.isValid(hostname)) {
      add(Reason.NODE_NAME_INVALID, object, "hostname", hostname);
      hostname = "";
    }
    String zone = written.zone();
    if (zone.isEmpty()) {
      zone = zoneByNode.getOrDefault(node, "");
    } else if (!LabelValue.isValid(zone)) {
      add(Reason.ZONE_INVALID, object, "zone", zone);
      zone = "";
    }
    return new PublishedEndpoint.Place(hostname, node, zone);
  }

  private void add(Reason reason, ObjectReference object, String field, String value) {
    String what = " is no name that Kubernetes takes and counts as unknown";
    findings.add(Finding.of(reason, object, field + " \"" + Finding.quote(value) + "\"" + what));
  }
}
