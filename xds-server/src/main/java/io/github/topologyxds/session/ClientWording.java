package io.github.topologyxds.session;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.ClientPlace.NodeLookup;

/** How a client is named to people. What it has made up itself is quoted and cut. */
final class ClientWording {
  private ClientWording() {}

  /** Returns for example {@code client shop-1 (Node node-a, zone zone-a by the Node's label)}. */
  static String of(String id, ClientPlace place) {
    String node =
        place.node() == NodeLookup.NOT_NAMED
            ? "no Node named"
            : "Node " + Finding.quote(place.nodeName());
    String zone = Finding.quote(place.zone());
    return "client "
        + (id.isEmpty() ? "without an id" : Finding.quote(id))
        + " ("
        + node
        + ", "
        + switch (place.origin()) {
          case NODE_LABEL -> "zone " + zone + " by the Node's label";
          case BOOTSTRAP -> "zone " + zone + " by its bootstrap";
          case NOWHERE -> "zone known from nowhere";
        }
        + ")";
  }
}
