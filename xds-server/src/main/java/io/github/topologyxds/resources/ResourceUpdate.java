package io.github.topologyxds.resources;

import java.util.Set;

/**
 * What changed in the {@link ResourceStore}, so that each stream looks at nothing else.
 *
 * @param clusters names of clusters that are new, gone or different
 * @param assignments names of load assignments that may be different for some client
 * @param routes whether route configurations may be different
 * @param nodes whether clients may have moved, because Nodes changed
 * @param since when the oldest of the changes came from the source ({@link System#nanoTime})
 */
public record ResourceUpdate(
    Set<String> clusters, Set<String> assignments, boolean routes, boolean nodes, long since) {
  /** True when nobody needs to look at anything. */
  public boolean isEmpty() {
    return clusters.isEmpty() && assignments.isEmpty() && !routes && !nodes;
  }

  public ResourceUpdate {
    clusters = Set.copyOf(clusters);
    assignments = Set.copyOf(assignments);
  }
}
