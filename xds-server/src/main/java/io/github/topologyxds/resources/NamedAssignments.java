package io.github.topologyxds.resources;

import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.AssignmentForm;
import io.github.topologyxds.xds.RenamedAssignments;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.ondemand.OnDemandNames;
import io.github.topologyxds.xds.resource.XdsResource;
import io.github.topologyxds.xds.routes.HostDestination;
import io.github.topologyxds.xds.routes.HostNames;
import io.github.topologyxds.xds.routes.PathNames;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Load assignments under the names of hosts, {@code //NAME} and {@code //NAME:PORT}, and under
 * those of {@link PathNames}: for Envoys whose clusters another control plane makes, which know a
 * Service by its name, and, by the former, for single Pods of headless Services. A bare Service
 * name is none of these: all clients of a place share one. Any thread.
 */
final class NamedAssignments {
  private static final int NAMES = 10_000;
  private static final long BYTES = 32L << 20;

  private final String clusterDomain;

  /** Whether anybody has asked for one: most clusters have no such client. */
  private volatile boolean asked;

  // Guarded by itself.
  private final LruMap<Key, XdsResource> made = new LruMap<>(NAMES, BYTES, NamedAssignments::bytes);

  /** A name, and what stands behind it: the version of the port's own assignment. */
  private record Key(String name, String version, AssignmentForm form) {}

  /**
   * Has made none.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  NamedAssignments(String clusterDomain) {
    this.clusterDomain = clusterDomain;
  }

  private static long bytes(Key key, XdsResource resource) {
    return 2L * key.name().length() + resource.packed().getValue().size();
  }

  /**
   * Returns the assignment of a name; an empty one where it leads to nothing that the client sees.
   */
  XdsResource get(Client client, String name, AssignmentForm form) {
    if (!OnDemandNames.isHost(name) && !PathNames.isPath(name)) {
      return form.unknown(name);
    }
    // Before the port is looked up: what takes its place later tells of this name.
    asked = true;
    HostDestination destination = destination(client, name);
    PortResources port = destination == null ? null : client.port(destination.clusterName());
    if (destination == null || port == null) {
      return form.unknown(name);
    }
    XdsResource own = port.assignment(client.view());
    Key key = new Key(name, own.version(), form);
    synchronized (made) {
      XdsResource known = made.get(key);
      if (known == null) {
        known = RenamedAssignments.of(own, name, destination.hostname(), form);
        made.put(key, known);
      }
      return known;
    }
  }

  /**
   * Returns what a name leads to; null: to nothing. A Pod need not be there: it may come, and its
   * assignment is empty until then.
   */
  static @Nullable HostDestination destination(Client client, String name) {
    if (OnDemandNames.isHost(name)) {
      String host = OnDemandNames.hostOf(name);
      // Of other spellings, such as //Cart.shop, no change would be told.
      return HostNames.isPlain(host)
          ? names(client).destinationOf(host, "", (service, hostname) -> true)
          : null;
    }
    return PathNames.isPath(name) ? names(client).byPath(name) : null;
  }

  /** Made when first asked for. */
  private static HostNames names(Client client) {
    return client.store().routes().names();
  }

  /**
   * Returns the names of which the assignments may be others now.
   *
   * @param before a Service; null: it is new
   * @param now null: it is gone
   */
  Set<String> changed(@Nullable ServiceTranslation before, @Nullable ServiceTranslation now) {
    Set<String> names = new HashSet<>();
    if (asked) {
      addNames(names, before);
      addNames(names, now);
    }
    return names;
  }

  private void addNames(Set<String> names, @Nullable ServiceTranslation service) {
    if (service == null) {
      return;
    }
    for (ServiceRoute route : service.routes()) {
      names.add(PathNames.of(route.clusterName()));
      OnDemandNames.of(route, clusterDomain).stream()
          .filter(OnDemandNames::isHost)
          .forEach(names::add);
      for (String pod : service.podNames().hostnames()) {
        names.addAll(OnDemandNames.ofPod(route, pod, clusterDomain));
      }
    }
  }
}
