package io.github.topologyxds.explain;

import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.state.ServedServices;
import io.github.topologyxds.state.findings.FindingRecorder;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The cluster as a running server serves it: each Service as it was when it was translated last.
 * Any thread.
 */
public record LiveCluster(ServedServices served, FindingRecorder recorder)
    implements ClusterSnapshot {
  @Override
  public SortedSet<ObjectName> services() {
    return served.names();
  }

  @Override
  public Optional<ServiceState> service(ObjectName name) {
    return served.service(name);
  }

  @Override
  public SortedMap<String, NodeModel> nodes() {
    return served.nodes();
  }

  @Override
  public ShiftVerdict shifts() {
    return served.shifts();
  }

  @Override
  public List<Finding> findings() {
    return recorder.current();
  }
}
