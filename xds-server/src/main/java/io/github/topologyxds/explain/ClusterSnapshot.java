package io.github.topologyxds.explain;

import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.ShiftVerdict;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** The cluster as somebody knows it at one moment: what explanations are made from. */
public interface ClusterSnapshot {
  /** Returns the names of all Services. */
  SortedSet<ObjectName> services();

  /** Returns all that the translation of a Service depends on; empty when there is none. */
  Optional<ServiceState> service(ObjectName name);

  /** Returns the Nodes by name. */
  SortedMap<String, NodeModel> nodes();

  /** Returns what the ZonalShifts come to. */
  ShiftVerdict shifts();

  /** Returns what is odd about the source, and about slices that belong to no Service. */
  List<Finding> findings();
}
