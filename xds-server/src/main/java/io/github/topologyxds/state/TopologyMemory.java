package io.github.topologyxds.state;

import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.NodeModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Remembers where Nodes are and were. A Node that is deleted or loses its label keeps its last zone
 * for the endpoints that still name it; what no endpoint names any more is forgotten, so that
 * autoscaling does not make it grow for ever.
 */
final class TopologyMemory {
  // Owner of everything: the state thread (see ClusterStateStore).
  private final Map<String, NodeModel> nodes = new HashMap<>();
  private ClusterTopology topology = ClusterTopology.EMPTY;

  ClusterTopology topology() {
    return topology;
  }

  /** Begins with what another process remembered. */
  void restore(ClusterTopology remembered) {
    topology = remembered;
  }

  /** Returns the Nodes that exist now, by name. */
  Map<String, NodeModel> nodes() {
    return Map.copyOf(nodes);
  }

  void put(NodeModel node) {
    nodes.put(node.name(), node);
  }

  void delete(String name) {
    nodes.remove(name);
  }

  /**
   * Takes all puts and deletes since the last call into the {@link #topology}.
   *
   * @param namedNodes the Nodes that endpoints name: their last zones are kept
   * @return what changed
   */
  TopologyChange settle(Collection<String> namedNodes) {
    TreeMap<String, String> zones = new TreeMap<>();
    for (String name : namedNodes) {
      String last = topology.zoneOf(name);
      if (!last.isEmpty()) {
        zones.put(name, last);
      }
    }
    TreeMap<String, TreeSet<String>> regions = new TreeMap<>();
    for (NodeModel node : nodes.values()) {
      if (!node.zone().isEmpty()) {
        zones.put(node.name(), node.zone());
        if (!node.region().isEmpty()) {
          regions.computeIfAbsent(node.zone(), z -> new TreeSet<>()).add(node.region());
        }
      }
    }
    TreeMap<String, String> regionByZone = new TreeMap<>(topology.regionByZone());
    regions.forEach((zone, named) -> regionByZone.put(zone, region(zone, named)));
    ClusterTopology before = topology;
    topology = new ClusterTopology(zones, regionByZone);
    return TopologyChange.between(before, topology);
  }

  /** The region that the zone had, while a Node still says so; else the lowest. */
  private String region(String zone, SortedSet<String> named) {
    String last = topology.regionOf(zone);
    return named.contains(last) ? last : named.first();
  }

  /**
   * What differs between two topologies.
   *
   * @param nodes whose zone differs
   * @param regions whether any zone's region differs
   */
  record TopologyChange(Set<String> nodes, boolean regions) {
    static TopologyChange between(ClusterTopology before, ClusterTopology after) {
      Set<String> nodes = new HashSet<>(before.zoneByNode().keySet());
      nodes.addAll(after.zoneByNode().keySet());
      nodes.removeIf(node -> before.zoneOf(node).equals(after.zoneOf(node)));
      return new TopologyChange(nodes, !before.regionByZone().equals(after.regionByZone()));
    }
  }
}
