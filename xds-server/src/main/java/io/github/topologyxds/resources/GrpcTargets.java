package io.github.topologyxds.resources;

import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.ondemand.OnDemandNames;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.HostDestination;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a gRPC client gets for a target, under the name that it asks for: a listener with its route,
 * or that route alone. Equal names and clusters share one.
 */
final class GrpcTargets implements TypeResources {
  private static final int TARGETS = 10_000;
  private static final long BYTES = 16L << 20;

  private final BiFunction<String, String, XdsResource> make;

  // Guarded by itself.
  private final LruMap<Key, XdsResource> built = new LruMap<>(TARGETS, BYTES, GrpcTargets::bytes);

  private record Key(String name, String clusterName) {}

  /**
   * Has made none yet.
   *
   * @param make of the name that is asked for, and of the cluster that it leads to
   */
  GrpcTargets(BiFunction<String, String, XdsResource> make) {
    this.make = make;
  }

  private static long bytes(Key key, XdsResource made) {
    return 2L * (key.name().length() + key.clusterName().length())
        + made.packed().getValue().size();
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
    HostDestination destination = destination(client, name);
    PortResources port = destination == null ? null : client.port(destination.clusterName());
    if (destination == null || port == null) {
      return null;
    }
    return destination.isPod()
        ? OnDemandNames.ofPod(destination, port.number())
        : destination.clusterName();
  }

  private static @Nullable HostDestination destination(Client client, String name) {
    return client
        .store()
        .routes()
        .names()
        .calledBy(name, client.node().namespace(), client.store().onDemand()::isPod);
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
        known = make.apply(name, clusterName);
        built.put(key, known);
      }
      return known;
    }
  }
}
