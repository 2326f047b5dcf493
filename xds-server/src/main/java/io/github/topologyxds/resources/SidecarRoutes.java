package io.github.topologyxds.resources;

import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The only route configuration of a sidecar: which host is which Service. */
final class SidecarRoutes implements TypeResources {
  @Override
  public Dependence dependence() {
    return Dependence.CLIENT;
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
    return name.equals(ResourceNames.OUTBOUND)
        ? client
            .store()
            .routes()
            .of(client.node().namespace(), client.node().scope(), client.sight())
        : null;
  }
}
