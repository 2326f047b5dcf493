package io.github.topologyxds.resources;

import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the names of what a batch of translations changes.
 *
 * <p>Owner: the state thread.
 */
final class ChangedNames {
  private final Set<String> clusters = new HashSet<>();
  private final Set<String> assignments = new HashSet<>();
  private final Set<String> obsolete = new HashSet<>();

  /** A Service was translated anew, or is gone: of what it had before, this is obsolete so far. */
  void replaced(@Nullable ServiceTranslation before) {
    obsolete.addAll(before == null ? Set.of() : before.clusterNames());
  }

  /** A port is there; its load assignments may be others. */
  void port(String name) {
    obsolete.remove(name);
    assignments.add(name);
  }

  /** A cluster may be another one. */
  void cluster(String name) {
    clusters.add(name);
  }

  /**
   * A Service was put in place, or is gone, with its ports: so other names lead to others.
   *
   * @param store where it was put
   * @param before null: it is new
   * @param now null: it is gone
   */
  void otherNames(
      ResourceStore store, @Nullable ServiceTranslation before, @Nullable ServiceTranslation now) {
    clusters.addAll(store.onDemand().put(before, now, clusters));
    assignments.addAll(store.onDemand().namedAssignments().changed(before, now));
  }

  /** Returns the names of the ports that there were, and are not any more. */
  Set<String> obsolete() {
    return obsolete;
  }

  /** Returns what is to be published. */
  ResourceUpdate update(Set<String> routes) {
    clusters.addAll(obsolete);
    assignments.addAll(obsolete);
    return new ResourceUpdate(
        Map.of(
            ResourceType.CLUSTER, clusters,
            ResourceType.ENDPOINT, assignments,
            ResourceType.ROUTE, routes),
        Set.of(),
        0);
  }
}
