package io.github.topologyxds.resources;

import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.OnDemandClusters;
import io.github.topologyxds.xds.ondemand.OnDemandNames;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.HostDestination;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a sidecar on demand, under the names that it asks for (see {@link
 * OnDemandNames}). Unasked it gets the one for what goes to no Service, and the clusters of the
 * Services that it says it calls, so that these serve at once and while we are away.
 */
final class OnDemandSidecarClusters implements TypeResources {
  private final XdsResource passthrough = OnDemandClusters.passthrough();

  /** A bare name is a Service of the client's namespace, and names of nothing are counted. */
  @Override
  public Dependence dependence() {
    return Dependence.CLIENT;
  }

  @Override
  public boolean bringsAssignments() {
    return true;
  }

  /** A host beyond the limit: it was told to be gone, and Envoy asks for it no more. */
  @Override
  public boolean forgets(String name) {
    return OnDemandNames.isHost(name);
  }

  /**
   * From a replica that does not know this kind it has a cluster for each port, and connections of
   * the listener that it had there need them until Envoy has drained it: taken away, every further
   * request on such a connection was a 503. It has none for what goes to no Service then, so the
   * next stream ends them; their endpoints are up to date meanwhile, as Envoy asks for those.
   */
  @Override
  public Set<String> leaves(Client client, Set<String> brought) {
    return brought.contains(ResourceNames.PASSTHROUGH)
        ? Set.of()
        : brought.stream()
            .filter(name -> client.port(name) != null)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> names(Client client) {
    Set<String> names = new TreeSet<>();
    names.add(ResourceNames.PASSTHROUGH);
    ServiceScope scope = client.node().scope();
    if (!scope.isAll()) {
      client.store().onDemand().namesOf(scope, client.node().namespace()).stream()
          .filter(name -> covers(client, name))
          .forEach(names::add);
    }
    return names;
  }

  @Override
  public boolean covers(Client client, String name) {
    ServiceScope scope = client.node().scope();
    if (scope.isAll() || name.equals(ResourceNames.PASSTHROUGH)) {
      return name.equals(ResourceNames.PASSTHROUGH);
    }
    String namespace = client.node().namespace();
    ClusterTarget target = target(client, name);
    return target != null
        && scope.covers(target.service())
        && client.store().onDemand().isNameOf(target.service(), namespace, name);
  }

  @Override
  public @Nullable String assignmentOf(Client client, String name) {
    ClusterTarget target = target(client, name);
    return target == null || !target.port().isAssigned() ? null : target.clusterName();
  }

  @Override
  public @Nullable XdsResource get(Client client, String name) {
    if (name.equals(ResourceNames.PASSTHROUGH)) {
      return passthrough;
    }
    ClusterTarget target = target(client, name);
    if (target != null) {
      client.unknownNames().remove(name);
      return target.cluster(name, client.view());
    }
    if (OnDemandNames.isAddress(name)) {
      return client.unknownNames().admitsAddress(name)
          ? OnDemandClusters.unknownAddress(name)
          : null;
    }
    return client.unknownNames().admitsHost(name) ? OnDemandClusters.unknownHost(name) : null;
  }

  private static @Nullable ClusterTarget target(Client client, String name) {
    ResourceStore store = client.store();
    String host = OnDemandNames.isHost(name) ? OnDemandNames.hostOf(name) : name;
    HostDestination known =
        store
            .routes()
            .names()
            .destinationOf(host, client.node().namespace(), store.onDemand()::isPod);
    PortResources port = known == null ? null : client.port(known.clusterName());
    return known == null || port == null
        ? null
        : new ClusterTarget(port, known.service(), known.hostname());
  }

  @Override
  public XdsResource standIn(String name) {
    return OnDemandClusters.unknownHost(name);
  }
}
