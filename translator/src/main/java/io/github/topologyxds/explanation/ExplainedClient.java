package io.github.topologyxds.explanation;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NodeModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For whom something is explained: from where it looks, and how that is known.
 *
 * @param view as a stream of this client has it
 * @param visibleFrom the namespace whose clients see what this one sees, "" for none; empty: it is
 *     not known
 */
public record ExplainedClient(
    ClientView view, ZoneSource zoneSource, Optional<String> visibleFrom) {
  /** One of which no namespace is known. */
  public ExplainedClient(ClientView view, ZoneSource zoneSource) {
    this(view, zoneSource, Optional.empty());
  }

  /**
   * Returns a client on a Node: the Node's zone wins, the other one is the fallback.
   *
   * @param nodeName "" when unknown
   * @param node the Node of that name; null when it is not known
   * @param fallback its zone is "" when nobody says one
   */
  public static ExplainedClient of(
      String nodeName, @Nullable NodeModel node, Fallback fallback, @Nullable Family family) {
    ClientView view = ClientView.of(nodeName, node, fallback.zone(), family);
    ZoneSource source =
        node != null && !node.zone().isEmpty()
            ? ZoneSource.NODE_LABEL
            : view.zone().isEmpty() ? ZoneSource.NOWHERE : fallback.source();
    return new ExplainedClient(view, source);
  }

  /** A zone for a client whose Node tells none, and who says so. */
  public record Fallback(String zone, ZoneSource source) {}
}
