package io.github.topologyxds.topology;

import io.github.topologyxds.model.Hints;

/**
 * An endpoint of one service port and family that can be sent to Envoy.
 *
 * @param ip canonical literal, unique together with the port among the endpoints of a service port
 * @param port 1..65535
 * @param position its place in the sorted list of the service port's endpoints
 * @param location where it runs, from its own node and zone, never from hints
 * @param hostname "" when the slice gives none
 */
public record UsableEndpoint(
    String ip,
    int port,
    int position,
    Location location,
    Hints hints,
    Standing standing,
    String hostname) {

  /**
   * Where an endpoint runs; unknown parts are "".
   *
   * @param region of the zone, as the Nodes' labels tell
   */
  public record Location(String node, String zone, String region) {}

  boolean onNode(String node) {
    return !node.isEmpty() && location.node().equals(node);
  }

  boolean inZone(String zone) {
    return !zone.isEmpty() && location.zone().equals(zone);
  }

  boolean hintedForNode(String node) {
    return !node.isEmpty() && hints.nodes().contains(node);
  }

  boolean hintedForZone(String zone) {
    return !zone.isEmpty() && hints.zones().contains(zone);
  }
}
