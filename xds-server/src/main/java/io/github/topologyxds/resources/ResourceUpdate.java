package io.github.topologyxds.resources;

import io.github.topologyxds.xds.resource.ResourceType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What changed in the {@link ResourceStore}, so that each stream looks at nothing else.
 *
 * @param changed names of resources that are new or gone, or may be different for some client
 * @param movedNodes names of the Nodes that are not what they were: clients there may have moved
 * @param since when the oldest of the changes came from the source ({@link System#nanoTime})
 */
public record ResourceUpdate(
    Map<ResourceType, Set<String>> changed, Set<String> movedNodes, long since) {
  public ResourceUpdate {
    Map<ResourceType, Set<String>> copy = new EnumMap<>(ResourceType.class);
    changed.forEach((type, names) -> copy.put(type, Set.copyOf(names)));
    changed = Collections.unmodifiableMap(copy);
    movedNodes = Set.copyOf(movedNodes);
  }

  /** Returns the names of this type that may be different. */
  public Set<String> changed(ResourceType type) {
    return changed.getOrDefault(type, Set.of());
  }

  /** Returns whether there is any such name of types like these. */
  public boolean changesAny(Predicate<ResourceType> types) {
    return changed.entrySet().stream()
        .anyMatch(e -> types.test(e.getKey()) && !e.getValue().isEmpty());
  }

  /**
   * Returns one update for two: the names and Nodes of either, since the older one's time.
   *
   * @param other that came at any time
   */
  public ResourceUpdate and(ResourceUpdate other) {
    Map<ResourceType, Set<String>> all = new EnumMap<>(ResourceType.class);
    for (ResourceType type : ResourceType.values()) {
      Set<String> names = new HashSet<>(changed(type));
      names.addAll(other.changed(type));
      all.put(type, names);
    }
    Set<String> nodes = new HashSet<>(movedNodes);
    nodes.addAll(other.movedNodes);
    return new ResourceUpdate(all, nodes, Math.min(since, other.since));
  }

  /** Returns an update of the same names, with these Nodes and since this time instead. */
  public ResourceUpdate with(Set<String> moved, long nanos) {
    return new ResourceUpdate(changed, moved, nanos);
  }

  /** True when nobody needs to look at anything. */
  public boolean isEmpty() {
    return movedNodes.isEmpty() && changed.values().stream().allMatch(Set::isEmpty);
  }
}
