package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceCidrModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.address.Cidr;
import io.github.topologyxds.topology.address.ServiceCidrs;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ServiceCIDRs that there are. Each range counts for itself; one that is none costs no other.
 * Owner: the state thread (see ClusterStateStore).
 */
final class AnnouncedRanges {
  private final SortedMap<String, ServiceCidrModel> objects = new TreeMap<>();

  void put(ServiceCidrModel object) {
    objects.put(object.name(), object);
  }

  void delete(String name) {
    objects.remove(name);
  }

  /** Returns the ranges, sorted, none within another. */
  List<Cidr> ranges() {
    return ServiceCidrs.announced(
        objects.values().stream().flatMap(object -> object.cidrs().stream()).toList());
  }

  /** Returns what is odd about the objects, by their names. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (ServiceCidrModel object : objects.values()) {
      if (object.cidrs().isEmpty()) {
        findings.add(of(object, "spec.cidrs is empty: it has no range"));
      }
      for (int i = 0; i < object.cidrs().size(); i++) {
        String written = object.cidrs().get(i);
        if (ServiceCidrs.range(written).isEmpty()) {
          findings.add(
              of(
                  object,
                  "spec.cidrs["
                      + i
                      + "] is \""
                      + Finding.quote(written)
                      + "\" (allowed: a range of unicast addresses, not of the loopback or a link,"
                      + " like 10.96.0.0/12); it counts as not written"));
        }
      }
    }
    return findings;
  }

  private static Finding of(ServiceCidrModel object, String message) {
    ObjectKey key = new ObjectKey(ObjectKind.SERVICE_CIDR, new ObjectName("", object.name()));
    return Finding.of(Reason.SERVICE_CIDR_INVALID, key, message);
  }
}
