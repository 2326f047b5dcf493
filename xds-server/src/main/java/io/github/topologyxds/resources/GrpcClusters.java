package io.github.topologyxds.resources;

import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gRPC client's clusters, each asked for by the name that a listener's route leads to. */
final class GrpcClusters implements TypeResources {
  @Override
  public Dependence dependence() {
    return Dependence.SCOPE;
  }

  @Override
  public Set<String> names(Client client) {
    return Set.of();
  }

  @Override
  public boolean covers(Client client, String name) {
    return false;
  }

  @Override
  public @Nullable XdsResource get(Client client, String name) {
    PortResources port = client.port(name);
    return port == null ? null : port.grpcCluster();
  }
}
