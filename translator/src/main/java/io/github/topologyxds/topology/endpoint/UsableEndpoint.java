package io.github.topologyxds.topology.endpoint;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Hints;

/**
 * An endpoint of one service port and family that can be sent to Envoy.
 *
 * @param position its place in the sorted list of the service port's endpoints
 * @param location where it runs, from its own node and zone, never from hints
 * @param name what else is known of it
 */
public record UsableEndpoint(
    Address address,
    int position,
    Location location,
    Hints hints,
    EndpointCondition condition,
    Name name) {

  /**
   * Where an endpoint is reached. Service ports of the same slices share their endpoints, so the
   * number is not here: {@code PortRouting.number} tells it for a service port.
   *
   * @param ip canonical literal, or the name that an FQDN slice has; unique together with the
   *     target among the endpoints of a service port
   * @param target which of the service port's target ports, counted from the lowest
   */
  public record Address(String ip, int target) {}

  /**
   * Who an endpoint is.
   *
   * @param hostname "" when the slice gives none
   * @param targetUid of the pod behind it, the same in both address families; "" when unknown
   */
  public record Name(String hostname, String targetUid) {}

  /** Returns the address as a canonical literal, or a name. */
  public String ip() {
    return address.ip();
  }

  /** Returns the name that the slice gives the endpoint; "" when it gives none. */
  public String hostname() {
    return name.hostname();
  }

  /**
   * Where an endpoint runs; unknown parts are "".
   *
   * @param region of the zone, as the Nodes' labels tell
   */
  public record Location(String node, String zone, String region) {}

  /** Whether it is on this Node; "" is no Node. */
  public boolean onNode(String node) {
    return ClientView.isPlace(node) && location.node().equals(node);
  }

  /** Whether it is in this zone; "" is no zone. */
  public boolean inZone(String zone) {
    return ClientView.isPlace(zone) && location.zone().equals(zone);
  }

  /** Whether a hint names this Node; "" is no Node. */
  public boolean hintedForNode(String node) {
    return ClientView.isPlace(node) && hints.nodes().contains(node);
  }

  /** Whether a hint names this zone; "" is no zone. */
  public boolean hintedForZone(String zone) {
    return ClientView.isPlace(zone) && hints.zones().contains(zone);
  }
}
