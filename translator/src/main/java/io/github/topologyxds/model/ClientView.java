package io.github.topologyxds.model;

import org.jspecify.annotations.Nullable;

/**
 * From where a client looks at the endpoints. Clients with equal views get equal bytes.
 *
 * @param node the client's Node, "" when unknown; "" matches nothing
 * @param zone the client's zone, "" when unknown; "" matches nothing (kube-proxy lets a hint ""
 *     match a Node without zone; we do not)
 * @param family the address family that the client asks for; null: each Service's primary one
 */
public record ClientView(String node, String zone, @Nullable Family family) {
  public static final ClientView UNKNOWN = new ClientView("", "", null);

  /**
   * Returns the view of a client that names its Node: the Node's zone wins, what the client says of
   * itself is the fallback.
   *
   * @param node the Node of that name; null when it is not known
   * @param fallbackZone "" when the client says nothing
   */
  public static ClientView of(
      String nodeName, @Nullable NodeModel node, String fallbackZone, @Nullable Family family) {
    String zone = node == null || node.zone().isEmpty() ? fallbackZone : node.zone();
    return new ClientView(nodeName, zone, family);
  }

  public boolean locationUnknown() {
    return node.isEmpty() && zone.isEmpty();
  }
}
