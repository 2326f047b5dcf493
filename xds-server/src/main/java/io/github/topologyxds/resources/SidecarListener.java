package io.github.topologyxds.resources;

import io.github.topologyxds.xds.Listeners;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sidecar's only listener, on the port that the client names; it never changes. */
final class SidecarListener implements TypeResources {
  private final XdsResource usual = Listeners.outbound(Listeners.DEFAULT_OUTBOUND_PORT);

  @Override
  public Dependence dependence() {
    return Dependence.CLIENT;
  }

  @Override
  public Set<String> names(Client client) {
    return Set.of(ResourceNames.OUTBOUND);
  }

  @Override
  public boolean covers(Client client, String name) {
    return name.equals(ResourceNames.OUTBOUND);
  }

  @Override
  public @Nullable XdsResource get(Client client, String name) {
    if (!name.equals(ResourceNames.OUTBOUND)) {
      return null;
    }
    int port = client.node().outboundPort();
    return port == Listeners.DEFAULT_OUTBOUND_PORT ? usual : Listeners.outbound(port);
  }
}
