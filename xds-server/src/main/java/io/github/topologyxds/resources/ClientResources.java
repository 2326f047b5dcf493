package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.resources.TypeResources.Dependence;
import io.github.topologyxds.resources.node.ClientPlace;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ResourceStore} as one client sees it, by its {@link ClientKind}.
 *
 * <p>Owner: the stream's thread.
 */
public final class ClientResources {
  private final Client client;
  private final ClientKind kind;

  /** See {@link ResourceStore#forClient}. */
  ClientResources(Client client, ClientKind kind) {
    this.client = client;
    this.kind = kind;
  }

  /** Looks the client's Node up again; true when the client sees things from elsewhere now. */
  public boolean relocate() {
    return client.relocate();
  }

  /** Returns the zone that the client's Node is in, as its label tells; "" when none does. */
  public String nodeZone() {
    return client.nodeZone();
  }

  /** Returns the Services that the client says that it calls. */
  public ServiceScope scope() {
    return client.node().scope();
  }

  /** Returns whether the client asks for each Service when it uses it, and for none before. */
  public boolean isOnDemand() {
    return kind.equals(ClientKind.ON_DEMAND);
  }

  /** Returns where the client is, and how that is known. */
  public ClientPlace place() {
    return client.place();
  }

  /** Returns whether resources of this type may be others when the client has moved. */
  public boolean dependsOnPlace(ResourceType type) {
    return kind.of(type).dependence() != Dependence.SCOPE;
  }

  /** Returns whether all of the client's {@link #audience} get the same resources of this type. */
  public boolean isShared(ResourceType type) {
    return kind.of(type).dependence() != Dependence.CLIENT;
  }

  /** Returns whether resources of this type may be others whenever any route is. */
  public boolean isMadeOfRoutes(ResourceType type) {
    return kind.of(type).isMadeOfRoutes();
  }

  /** Returns the cluster that the resource of this name leads to; null: to none, or to many. */
  public @Nullable String leadsTo(ResourceType type, String name) {
    return kind.of(type).leadsTo(client, name);
  }

  /** Returns whether the load assignments of such clusters are sent right behind them, unasked. */
  public boolean bringsAssignments(ResourceType type) {
    return kind.of(type).bringsAssignments();
  }

  /** Returns whether a name that there is nothing for is not remembered. */
  public boolean forgets(ResourceType type, String name) {
    return kind.of(type).forgets(name);
  }

  /**
   * Returns which resources of those that the client brings from an earlier stream are left to it,
   * although they are none of its kind.
   */
  public Set<String> leaves(ResourceType type, Set<String> brought) {
    return kind.of(type).leaves(client, brought);
  }

  /** The client is gone. */
  public void close() {
    client.unknownNames().close();
  }

  /** Returns the load assignment of the cluster of this name; null: it has none. */
  public @Nullable String assignmentOf(String clusterName) {
    return kind.of(ResourceType.CLUSTER).assignmentOf(client, clusterName);
  }

  /** Returns whom the client shares its answers with. */
  public Audience audience() {
    ClientView view = client.view();
    ClientView reduced =
        client.store().anyNodeMatters() ? view : new ClientView("", view.zone(), view.family());
    return new Audience(kind, client.node().scope(), client.sight(), reduced);
  }

  /** Returns the names that a wildcard subscription covers now. */
  public Set<String> names(ResourceType type) {
    return kind.of(type).names(client);
  }

  /** Returns whether a wildcard subscription covers a resource of this name. */
  public boolean covers(ResourceType type, String name) {
    return kind.of(type).covers(client, name);
  }

  /** Returns a resource as it is now; null when there is none of that name. */
  public @Nullable XdsResource get(ResourceType type, String name) {
    return kind.of(type).get(client, name);
  }

  /**
   * Returns what the client may have instead of a resource that it refuses, and of which it has
   * none before; null: nothing.
   */
  public @Nullable XdsResource standIn(ResourceType type, String name) {
    return kind.of(type).standIn(name);
  }
}
