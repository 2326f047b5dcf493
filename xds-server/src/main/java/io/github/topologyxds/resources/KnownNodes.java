package io.github.topologyxds.resources;

import io.github.topologyxds.model.NodeModel;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cluster's Nodes, as last published. Immutable. */
public final class KnownNodes {
  private final Map<String, NodeModel> byName;
  private final Set<String> zones;

  KnownNodes(Map<String, NodeModel> byName) {
    this.byName = Map.copyOf(byName);
    this.zones =
        byName.values().stream()
            .map(NodeModel::zone)
            .filter(zone -> !zone.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  @Nullable NodeModel get(String name) {
    return byName.get(name);
  }

  Set<String> names() {
    return byName.keySet();
  }

  /** Returns whether there is a Node in this zone. */
  public boolean haveZone(String zone) {
    return zones.contains(zone);
  }
}
