package io.github.topologyxds.resources;

import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No resources of a type: clients of this kind have no use for it. */
final class NoResources implements TypeResources {
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
    return null;
  }
}
