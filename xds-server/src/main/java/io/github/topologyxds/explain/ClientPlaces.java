package io.github.topologyxds.explain;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.xds.PortTranslation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From where clients look, and how many from each place. Most ports do not care on which Node a
 * client is: for those there are as many places as zones, not as many as Nodes.
 */
public final class ClientPlaces {
  private final Map<ClientView, Integer> byView;
  private final Map<ClientView, Integer> withoutNodes = new HashMap<>();

  /** Takes how many look from each place. */
  public ClientPlaces(Map<ClientView, Integer> clients) {
    this.byView = Map.copyOf(clients);
    byView.forEach((view, count) -> withoutNodes.merge(withoutNode(view), count, Integer::sum));
  }

  /** Returns one client on each Node. */
  public static ClientPlaces onNodes(Iterable<NodeModel> nodes) {
    Map<ClientView, Integer> clients = new HashMap<>();
    for (NodeModel node : nodes) {
      clients.merge(ClientView.of(node.name(), node, "", null), 1, Integer::sum);
    }
    return new ClientPlaces(clients);
  }

  /** To be on some Node without a zone is more than to be nowhere. */
  private static ClientView withoutNode(ClientView view) {
    boolean somewhere = view.zone().isEmpty() && !view.node().isEmpty();
    return new ClientView(somewhere ? ClientView.ELSEWHERE : "", view.zone(), view.family());
  }

  /** Returns the places that can make a difference to a port, with the number of their clients. */
  public Map<ClientView, Integer> of(PortTranslation port) {
    return port.anyNodeMatters() ? byView : withoutNodes;
  }

  /** Returns how many clients each zone has, "" for those without one. */
  public SortedMap<String, Integer> byZone() {
    SortedMap<String, Integer> zones = new TreeMap<>();
    byView.forEach((view, count) -> zones.merge(view.zone(), count, Integer::sum));
    return Collections.unmodifiableSortedMap(zones);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientPlaces places && places.byView.equals(byView);
  }

  @Override
  public int hashCode() {
    return byView.hashCode();
  }
}
