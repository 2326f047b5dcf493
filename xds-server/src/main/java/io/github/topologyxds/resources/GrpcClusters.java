package io.github.topologyxds.resources;

import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.GrpcResources;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.HostDestination;
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
    return port == null ? ofPod(client, name) : port.grpcCluster();
  }

  private static @Nullable XdsResource ofPod(Client client, String name) {
    HostDestination pod = NamedAssignments.destination(client, name);
    return pod != null && pod.isPod() && client.port(pod.clusterName()) != null
        ? GrpcResources.cluster(name)
        : null;
  }
}
