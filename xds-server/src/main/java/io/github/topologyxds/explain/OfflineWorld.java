package io.github.topologyxds.explain;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The state that files describe, as at a first complete state: every unready endpoint was seen. */
final class OfflineWorld {
  private final ClusterStateStore state = new ClusterStateStore();
  private final List<Finding> findings;

  OfflineWorld(Manifests.Loaded loaded) {
    StateUpdate update =
        state.apply(new StateChange.Everything(loaded.objects(), loaded.findings()));
    this.findings = new ArrayList<>(loaded.findings());
    findings.addAll(update.findings());
  }

  /** Returns the findings about files, and about slices that belong to no Service. */
  List<Finding> findings() {
    return findings;
  }

  SortedSet<ObjectName> services() {
    return state.services();
  }

  Optional<ServiceState> service(ObjectName name) {
    return state.service(name);
  }

  @Nullable NodeModel node(String name) {
    return state.nodes().get(name);
  }
}
