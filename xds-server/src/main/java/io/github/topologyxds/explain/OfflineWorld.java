package io.github.topologyxds.explain;

import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.shifts.ShiftVerdict;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateUpdate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The state that files describe, as at a first complete state: every unready endpoint was seen. */
public final class OfflineWorld implements ClusterSnapshot {
  private final ClusterStateStore state = new ClusterStateStore();
  private final List<Finding> findings;

  /** Takes what stands in files, as it is now. */
  public OfflineWorld(Manifests.Loaded loaded) {
    this(loaded, InstantSource.system());
  }

  /**
   * Takes what stands in files.
   *
   * @param clock says which ZonalShifts act
   */
  public OfflineWorld(Manifests.Loaded loaded, InstantSource clock) {
    StateUpdate update =
        state.apply(new StateChange.Everything(loaded.objects(), loaded.findings()));
    state.shift(clock.instant());
    this.findings = new ArrayList<>(loaded.findings());
    findings.addAll(update.findings());
    findings.addAll(state.shifts().findings());
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public SortedSet<ObjectName> services() {
    return state.services();
  }

  @Override
  public Optional<ServiceState> service(ObjectName name) {
    return state.service(name);
  }

  @Override
  public ShiftVerdict shifts() {
    return state.shifts();
  }

  @Override
  public SortedMap<String, NodeModel> nodes() {
    return new TreeMap<>(state.nodes());
  }
}
