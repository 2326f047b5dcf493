package io.github.topologyxds.model;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the Nodes are. It remembers: a Node that is gone or has lost its label keeps its last zone,
 * for the endpoints that still name it.
 *
 * @param zoneByNode the last known zone of each Node; Nodes that never had one are absent
 * @param regionByZone the last known region of each zone, the lowest where Nodes disagree
 */
public record ClusterTopology(
    SortedMap<String, String> zoneByNode, SortedMap<String, String> regionByZone) {
  public static final ClusterTopology EMPTY = new ClusterTopology(new TreeMap<>(), new TreeMap<>());

  /** Returns the last known zone of a Node, "" when there is none. */
  public String zoneOf(String nodeName) {
    return zoneByNode.getOrDefault(nodeName, "");
  }

  /** Returns the last known region of a zone, "" when there is none. */
  public String regionOf(String zone) {
    return regionByZone.getOrDefault(zone, "");
  }
}
