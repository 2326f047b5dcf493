package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.UnknownNames;
import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.resources.visibility.Sight;
import org.jspecify.annotations.Nullable;

/**
 * A client: what it tells of itself, and from where it looks at what is served.
 *
 * <p>Owner: the stream's thread.
 */
final class Client {
  private final ResourceStore store;
  private final ClientNode node;

  /** The Kubernetes Node; one that is deleted stays what it was. */
  private @Nullable NodeModel lastPlace;

  private ClientView view;
  private final UnknownNames unknownNames;

  /** A client that has just told who it is. */
  Client(ResourceStore store, ClientNode node) {
    this.store = store;
    this.node = node;
    this.unknownNames = new UnknownNames(node, store.findings());
    this.lastPlace = store.node(node.nodeName());
    this.view = node.view(lastPlace);
  }

  /** Looks the client's Node up again; true when the client sees things from elsewhere now. */
  boolean relocate() {
    NodeModel now = store.node(node.nodeName());
    if (now != null) {
      lastPlace = now;
    }
    ClientView before = view;
    view = node.view(lastPlace);
    return !view.equals(before);
  }

  /** Returns what is served to everybody. */
  ResourceStore store() {
    return store;
  }

  /** Returns the Services that it sees. */
  Sight sight() {
    return store.sights().of(node.visibleFrom());
  }

  /** Returns the service port of this cluster; null when there is none that the client sees. */
  @Nullable PortResources port(String clusterName) {
    PortResources port = store.port(clusterName);
    return port == null || !port.isVisibleTo(node.visibleFrom()) ? null : port;
  }

  /** Returns what the client tells of itself. */
  ClientNode node() {
    return node;
  }

  /** Returns from where the client looks. */
  ClientView view() {
    return view;
  }

  /** Returns the names of no Service that it has asked for. */
  UnknownNames unknownNames() {
    return unknownNames;
  }

  /** Returns where the client is, and how that is known. */
  ClientPlace place() {
    return ClientPlace.of(node, lastPlace, view);
  }

  /** Returns the zone that the client's Node is in, as its label tells; "" when none does. */
  String nodeZone() {
    return lastPlace == null ? "" : lastPlace.zone();
  }
}
