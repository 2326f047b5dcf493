package io.github.topologyxds.resources.node;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is, and how that is known.
 *
 * @param nodeName as the client says it; "" when it names none
 * @param zone the zone that counts; "" when nobody tells one
 */
public record ClientPlace(String nodeName, NodeLookup node, String zone, ZoneOrigin origin) {
  /** What comes of looking the client's Node up. */
  public enum NodeLookup {
    /** The client names no Node. */
    NOT_NAMED,
    /** There is, or was, such a Node. */
    KNOWN,
    /** It names one that nobody has heard of. */
    UNKNOWN
  }

  /** Who tells the zone. */
  public enum ZoneOrigin {
    /** The label of its Node. */
    NODE_LABEL,
    /** The client itself, in {@code node.locality}. */
    BOOTSTRAP,
    /** Nobody: the client matches no zone. */
    NOWHERE
  }

  /**
   * Returns where a client is, and whence that is known.
   *
   * @param node the Node that it names; null: nobody knows it
   * @param view what was made of both
   */
  public static ClientPlace of(ClientNode client, @Nullable NodeModel node, ClientView view) {
    NodeLookup lookup =
        client.nodeName().isEmpty()
            ? NodeLookup.NOT_NAMED
            : node == null ? NodeLookup.UNKNOWN : NodeLookup.KNOWN;
    ZoneOrigin origin =
        view.zone().isEmpty()
            ? ZoneOrigin.NOWHERE
            : node == null || node.zone().isEmpty() ? ZoneOrigin.BOOTSTRAP : ZoneOrigin.NODE_LABEL;
    return new ClientPlace(client.nodeName(), lookup, view.zone(), origin);
  }
}
