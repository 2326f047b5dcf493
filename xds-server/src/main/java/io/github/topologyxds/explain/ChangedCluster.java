package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.ShiftVerdict;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A cluster as it would be under changes that have not happened, in their order. Findings and Nodes
 * are those of now.
 */
public record ChangedCluster(ClusterSnapshot now, List<WhatIf> changes) implements ClusterSnapshot {
  public ChangedCluster {
    changes = List.copyOf(changes);
  }

  @Override
  public SortedSet<ObjectName> services() {
    return now.services();
  }

  @Override
  public Optional<ServiceState> service(ObjectName name) {
    return now.service(name).map(state -> WhatIf.applyAll(state, changes));
  }

  @Override
  public SortedMap<String, NodeModel> nodes() {
    return now.nodes();
  }

  @Override
  public ShiftVerdict shifts() {
    return now.shifts();
  }

  @Override
  public List<Finding> findings() {
    return now.findings();
  }
}
