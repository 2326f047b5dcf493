package io.github.topologyxds.resources;

import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sidecar's clusters: one for each port of the Services that it calls. */
final class SidecarClusters implements TypeResources {
  /** Where endpoints are names they stand in the cluster, in an order of the client's. */
  @Override
  public Dependence dependence() {
    return Dependence.PLACE;
  }

  @Override
  public Set<String> names(Client client) {
    ServiceScope scope = client.node().scope();
    if (scope.isAll() && !client.store().sights().areLimited()) {
      return client.store().clusterNames();
    }
    Set<String> covered = new TreeSet<>();
    for (String name : client.store().clusterNames()) {
      if (scope.coversCluster(name) && client.port(name) != null) {
        covered.add(name);
      }
    }
    return covered;
  }

  @Override
  public boolean covers(Client client, String name) {
    // Names of sidecars on demand change too.
    return ResourceNames.isPort(name) && client.node().scope().coversCluster(name);
  }

  @Override
  public @Nullable XdsResource get(Client client, String name) {
    PortResources port = client.port(name);
    return port == null ? null : port.cluster(client.view());
  }
}
