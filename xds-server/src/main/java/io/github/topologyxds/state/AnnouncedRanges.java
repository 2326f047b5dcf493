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

  // Of the objects as they were at the last look: both are asked for at every change of anything.
  private List<Cidr> ranges = List.of();
  private List<Finding> findings = List.of();
  private boolean changed;

  void put(ServiceCidrModel object) {
    objects.put(object.name(), object);
    changed = true;
  }

  void delete(String name) {
    objects.remove(name);
    changed = true;
  }

  /** Returns the ranges, sorted, none within another. */
  List<Cidr> ranges() {
    look();
    return ranges;
  }

  /** Returns what is odd about the objects, by their names. */
  List<Finding> findings() {
    look();
    return findings;
  }

  private void look() {
    if (changed) {
      changed = false;
      ranges =
          ServiceCidrs.announced(
              objects.values().stream().flatMap(object -> object.cidrs().stream()).toList());
      findings = odd();
    }
  }

  private List<Finding> odd() {
    List<Finding> odd = new ArrayList<>();
    for (ServiceCidrModel object : objects.values()) {
      if (object.cidrs().isEmpty()) {
        odd.add(of(object, "spec.cidrs is empty: it has no range"));
      }
      for (int i = 0; i < object.cidrs().size(); i++) {
        String written = object.cidrs().get(i);
        if (ServiceCidrs.range(written).isEmpty()) {
          odd.add(
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
    return odd;
  }

  private static Finding of(ServiceCidrModel object, String message) {
    ObjectKey key = new ObjectKey(ObjectKind.SERVICE_CIDR, new ObjectName("", object.name()));
    return Finding.of(Reason.SERVICE_CIDR_INVALID, key, message);
  }
}
