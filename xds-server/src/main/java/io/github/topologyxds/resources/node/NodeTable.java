package io.github.topologyxds.resources.node;

import io.github.topologyxds.model.NodeModel;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Kubernetes Nodes as they are now, by name. One thread writes, any thread reads. */
public final class NodeTable {
  private volatile Map<String, NodeModel> byName = Map.of();
  private volatile Set<String> zones = Set.of();

  /**
   * Puts them in place.
   *
   * @return the names of those that are new, gone or different
   */
  public Set<String> put(Map<String, NodeModel> now) {
    Set<String> names = new HashSet<>();
    now.forEach((name, node) -> {
      if (!node.equals(byName.get(name))) {
        names.add(name);
      }
    });
    byName.keySet().stream().filter(name -> !now.containsKey(name)).forEach(names::add);
    byName = Map.copyOf(now);
    zones =
        now.values().stream()
            .map(NodeModel::zone)
            .filter(zone -> !zone.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    return names;
  }

  /** Returns the names of all Nodes as they are now; the set does not change any more. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** Returns whether there is a Node in this zone. */
  public boolean hasZone(String zone) {
    return zones.contains(zone);
  }

  /** Returns what is known of a Node; null when there is none of that name. */
  public @Nullable NodeModel get(String name) {
    return byName.get(name);
  }
}
