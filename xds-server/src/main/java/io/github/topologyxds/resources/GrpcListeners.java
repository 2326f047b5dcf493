package io.github.topologyxds.resources;

import io.github.topologyxds.xds.GrpcResources;
import io.github.topologyxds.xds.XdsResource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a gRPC client: one for each target, under the name that it asks for, with its
 * route. Equal names and clusters share one.
 */
final class GrpcListeners implements TypeResources {
  private static final int LISTENERS = 10_000;
  private static final long BYTES = 16L << 20;

  // Guarded by itself.
  private final LruMap<Key, XdsResource> built =
      new LruMap<>(LISTENERS, BYTES, GrpcListeners::bytes);

  private record Key(String name, String clusterName) {}

  private static long bytes(Key key, XdsResource listener) {
    return 2L * (key.name().length() + key.clusterName().length())
        + listener.packed().getValue().size();
  }

  /** A bare name means a Service of the client's namespace. */
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
  public boolean isMadeOfRoutes() {
    return true;
  }

  @Override
  public @Nullable String leadsTo(Client client, String name) {
    String clusterName = client.store().routes().clusterOf(name, client.node().namespace());
    return clusterName == null || client.port(clusterName) == null ? null : clusterName;
  }

  @Override
  public @Nullable XdsResource get(Client client, String name) {
    String clusterName = leadsTo(client, name);
    if (clusterName == null) {
      return null;
    }
    Key key = new Key(name, clusterName);
    synchronized (built) {
      XdsResource known = built.get(key);
      if (known == null) {
        known = GrpcResources.listener(name, clusterName);
        built.put(key, known);
      }
      return known;
    }
  }
}
