package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something outside of the cluster's pods that serves (externalworkloads.topology-xds.io). It joins
 * every Service of its namespace whose selector matches its labels.
 *
 * @param uid "" in files that were never in a cluster
 * @param addresses IPv4 and IPv6, as written
 * @param zone "" when absent: the zone of its Node, if it names one
 * @param ready {@code status.conditions[Ready]}; true when there is none
 */
public record ExternalWorkload(
    ObjectName name,
    String uid,
    SortedMap<String, String> labels,
    List<String> addresses,
    List<WorkloadPort> ports,
    String zone,
    String nodeName,
    String hostname,
    boolean ready) {
  public ExternalWorkload {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
  }

  /** Returns the workload, as findings name it. */
  public ObjectKey object() {
    return new ObjectKey(ObjectKind.EXTERNAL_WORKLOAD, name);
  }
}
