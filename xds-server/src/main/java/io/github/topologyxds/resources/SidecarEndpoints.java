package io.github.topologyxds.resources;

import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;

/**
 * The load assignments of a sidecar's clusters; Envoy asks for each by its name, or, where another
 * control plane has made its clusters, by that of a host or as Contour names it.
 */
final class SidecarEndpoints implements TypeResources {
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

  /** An empty one where it sees no such Service: a cluster warms until it hears something. */
  @Override
  public XdsResource get(Client client, String name) {
    PortResources port = client.port(name);
    return port == null
        ? client.store().onDemand().namedAssignments().get(client, name, AssignmentForm.ENVOY)
        : port.assignment(client.view());
  }

  @Override
  public XdsResource standIn(String name) {
    return PortTranslation.unknown(name);
  }
}
