package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.ResourceNames;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The {@link ResourceStore} as one client sees it. */
public final class ClientResources {
  private final ResourceStore store;
  private final ClientNode client;
  private final XdsResource listener;

  // Owner: the stream's thread (see ClientSession). A Node that is deleted stays what it was.
  private @Nullable NodeModel lastNode;
  private ClientView view;

  public ClientResources(ResourceStore store, ClientNode client) {
    this.store = store;
    this.client = client;
    this.listener = Listeners.outbound(client.outboundPort());
    this.lastNode = store.node(client.nodeName());
    this.view = client.view(lastNode);
  }

  /** Looks the client's Node up again; true when the client sees things from elsewhere now. */
  public boolean relocate() {
    NodeModel now = store.node(client.nodeName());
    if (now != null) {
      lastNode = now;
    }
    ClientView before = view;
    view = client.view(lastNode);
    return !view.equals(before);
  }

  /** Returns the zone that the client's Node is in, as its label tells; "" when none does. */
  public String nodeZone() {
    return lastNode == null ? "" : lastNode.zone();
  }

  /** Returns where the client is, and how that is known. */
  public ClientPlace place() {
    return ClientPlace.of(client, lastNode, view);
  }

  /** Returns which Services the client's wildcard covers. */
  public ServiceScope scope() {
    return client.scope();
  }

  /** Returns what of the client's place its answers depend on: equal ones get equal answers. */
  public ClientView sharedView() {
    return store.anyNodeMatters() ? view : new ClientView("", view.zone(), view.family());
  }

  /** Returns the names that a wildcard subscription covers. */
  public Set<String> names(ResourceType type) {
    return switch (type) {
      case CLUSTER -> scopedClusters();
      case LISTENER -> Set.of(ResourceNames.OUTBOUND);
      case ENDPOINT, ROUTE -> Set.of();
    };
  }

  private Set<String> scopedClusters() {
    ServiceScope scope = client.scope();
    if (scope.isAll()) {
      return store.clusterNames();
    }
    Set<String> covered = new TreeSet<>();
    for (String name : store.clusterNames()) {
      if (scope.coversCluster(name)) {
        covered.add(name);
      }
    }
    return covered;
  }

  /** Returns whether a wildcard subscription covers a resource of this name. */
  public boolean covers(ResourceType type, String name) {
    return switch (type) {
      case CLUSTER -> client.scope().coversCluster(name);
      case LISTENER -> name.equals(ResourceNames.OUTBOUND);
      case ENDPOINT, ROUTE -> false;
    };
  }

  /** Returns a resource as it is now; null when there is none of that name. */
  @Nullable
  public XdsResource get(ResourceType type, String name) {
    return switch (type) {
      case CLUSTER -> store.cluster(name);
      case ENDPOINT -> store.assignment(name, view);
      case LISTENER -> name.equals(ResourceNames.OUTBOUND) ? listener : null;
      case ROUTE ->
          name.equals(ResourceNames.OUTBOUND)
              ? store.routeConfiguration(client.namespace(), client.scope())
              : null;
    };
  }
}
