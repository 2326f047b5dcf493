package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.ChangedCluster;
import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the Services of a cluster as they would be under changes that have not happened. */
public final class WhatIfCheck {
  private WhatIfCheck() {}

  /**
   * Returns what would be told: what each change concerns, then Services, skew and the share that
   * crosses zones. What is not of the Services stays as it is, and is not told.
   *
   * @param changes at least one
   */
  public static Check check(ClusterSnapshot cluster, RoutingOptions options, List<WhatIf> changes) {
    List<CheckLine> lines = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      lines.add(effect(new ChangedCluster(cluster, changes.subList(0, i)), changes.get(i)));
    }
    return new ClusterCheck(new ChangedCluster(cluster, changes), options)
        .ofServices("then")
        .with(lines);
  }

  private static CheckLine effect(ClusterSnapshot before, WhatIf change) {
    List<String> concerned = new ArrayList<>();
    for (ObjectName name : before.services()) {
      Optional<ServiceState> state = before.service(name);
      if (state.isPresent() && !change.apply(state.get()).equals(state.get())) {
        concerned.add(name.toString());
      }
    }
    int services = before.services().size();
    String fact =
        concerned.isEmpty()
            ? "changes nothing of " + services + (services == 1 ? " Service" : " Services")
            : "changes "
                + concerned.size()
                + " of "
                + services
                + (services == 1 ? " Service (" : " Services (")
                + String.join(
                    ", ", concerned.subList(0, Math.min(concerned.size(), TopologyCheck.NAMED)))
                + (concerned.size() > TopologyCheck.NAMED
                    ? ", and " + (concerned.size() - TopologyCheck.NAMED) + " more)"
                    : ")");
    return new CheckLine(
        Section.SERVICES, State.NOTE, "WHAT_IF", "what if " + change + ": " + fact, "");
  }
}
