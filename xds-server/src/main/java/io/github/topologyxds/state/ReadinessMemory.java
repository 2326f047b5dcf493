package io.github.topologyxds.state;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.SliceModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Remembers which endpoints were ready before, so that lost capacity is told from capacity that
 * never was. An endpoint is remembered as long as a slice names it. At the first complete state
 * every endpoint counts as seen: a restart in the middle of a partial loss shifts no load.
 */
final class ReadinessMemory {
  // Owner: the state thread (see ClusterStateStore).
  private final Map<ObjectName, Set<String>> seenByService = new HashMap<>();

  Set<String> seen(ObjectName service) {
    return seenByService.getOrDefault(service, Set.of());
  }

  /** Returns the endpoints that are remembered, by Service. */
  SortedMap<ObjectName, Set<String>> seen() {
    return new TreeMap<>(seenByService);
  }

  /** Begins with what another process remembered. */
  void restore(Map<ObjectName, Set<String>> seen) {
    seenByService.putAll(seen);
  }

  /** Takes in a Service's slices at the first complete state. */
  void first(ObjectName service, Collection<SliceModel> slices) {
    Set<String> seen = new HashSet<>();
    for (SliceModel slice : slices) {
      slice.endpoints().forEach(endpoint -> seen.add(endpoint.readinessKey()));
    }
    remember(service, seen);
  }

  /** Takes in a Service's slices after a change. */
  void update(ObjectName service, Collection<SliceModel> slices) {
    Set<String> before = seen(service);
    Set<String> seen = new HashSet<>();
    for (SliceModel slice : slices) {
      for (EndpointModel endpoint : slice.endpoints()) {
        if (endpoint.readiness().ready() || before.contains(endpoint.readinessKey())) {
          seen.add(endpoint.readinessKey());
        }
      }
    }
    remember(service, seen);
  }

  private void remember(ObjectName service, Set<String> seen) {
    if (seen.isEmpty()) {
      seenByService.remove(service);
    } else {
      seenByService.put(service, Set.copyOf(seen));
    }
  }
}
