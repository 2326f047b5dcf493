package io.github.topologyxds.resources;

import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.GrpcAssignments;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;

/** The load assignments of a gRPC client's clusters, as gRPC reads them. */
final class GrpcEndpoints implements TypeResources {
  @Override
  public Dependence dependence() {
    return Dependence.PLACE;
  }

  @Override
  public Set<String> names(Client client) {
    return Set.of();
  }

  @Override
  public boolean covers(Client client, String name) {
    return false;
  }

  /** A name that is not known is answered too: without an answer gRPC waits for 15 s. */
  @Override
  public XdsResource get(Client client, String name) {
    PortResources port = client.port(name);
    return port == null
        ? client.store().onDemand().namedAssignments().get(client, name, AssignmentForm.GRPC)
        : port.grpcAssignment(client.view());
  }

  @Override
  public XdsResource standIn(String name) {
    return GrpcAssignments.unknown(name);
  }
}
