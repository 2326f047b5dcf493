package io.github.topologyxds.xds;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.address.IpLiteral;
import io.github.topologyxds.topology.address.ServiceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The clusterIPs of a Service that become domains: everybody's, so that not every text may be one.
 */
final class ClusterIps {
  private ClusterIps() {}

  /** Returns them as canonical literals; what is left out is a finding. */
  static List<String> of(ServiceModel service, ServiceRange range, FindingSet findings) {
    List<String> clusterIps = new ArrayList<>();
    for (String written : service.clusterIps()) {
      Family family = Family.of(written);
      Optional<String> ip = IpLiteral.canonical(written, family);
      ObjectReference object = ObjectKey.service(service.name());
      String quoted = "clusterIP \"" + Finding.quote(written) + "\" ";
      if (ip.isEmpty() || IpLiteral.isHostOrLinkLocal(ip.get())) {
        findings.add(
            Finding.of(
                Reason.CLUSTER_IP_INVALID,
                object,
                quoted
                    + "is no domain (allowed: a literal unicast IP, not of the loopback or a link)"));
      } else if (!range.contains(ip.get(), family)) {
        findings.add(
            Finding.of(
                Reason.CLUSTER_IP_OUT_OF_RANGE,
                object,
                quoted + "is no domain: it is not in --service-cidrs"));
      } else {
        clusterIps.add(ip.get());
      }
    }
    return clusterIps;
  }
}
