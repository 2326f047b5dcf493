package io.github.topologyxds.resources;

import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two listeners of a sidecar on demand, on the port that the client names. They change with the
 * ranges of clusterIPs and with the port numbers that are HTTP.
 */
final class OnDemandSidecarListeners implements TypeResources {
  private static final Set<String> NAMES =
      Set.of(ResourceNames.OUTBOUND, ResourceNames.OUTBOUND_IPV6);

  @Override
  public Dependence dependence() {
    return Dependence.CLIENT;
  }

  @Override
  public Set<String> names(Client client) {
    return NAMES;
  }

  @Override
  public boolean covers(Client client, String name) {
    return NAMES.contains(name);
  }

  @Override
  public @Nullable XdsResource get(Client client, String name) {
    return NAMES.contains(name)
        ? client
            .store()
            .onDemand()
            .listeners()
            .get(name, client.node().outboundPort(), client.node().visibleFrom())
        : null;
  }
}
