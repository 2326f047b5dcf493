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
  /**
   * A node or zone that is known, but none that an endpoint names: all such are one. No Node and no
   * zone has this name, and where an object in a file says it, nobody is matched.
   */
  public static final String ELSEWHERE = "*";

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

  /** True for a name that an endpoint or a hint can have. */
  public static boolean isPlace(String name) {
    return !name.isEmpty() && !name.equals(ELSEWHERE);
  }

  /** Returns whether neither Node nor zone of the client are known: nothing is near it then. */
  public boolean locationUnknown() {
    return node.isEmpty() && zone.isEmpty();
  }
}
