package io.github.topologyxds.explain;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PodNames;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.routes.HostDestination;
import io.github.topologyxds.xds.routes.HostNames;
import io.github.topologyxds.xds.routes.RouteTable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of hosts as a server gives them away that serves these files. */
public final class OfflineHosts {
  private final Map<ObjectName, PodNames> pods = new TreeMap<>();
  private final HostNames names;

  /**
   * Translates everything: older Services keep their domains from others.
   *
   * @param clusterDomain usually {@code cluster.local}
   */
  public OfflineHosts(OfflineWorld world, RoutingOptions options, String clusterDomain) {
    Translator translator = new Translator(options);
    Map<ObjectName, ServiceTranslation> services = new TreeMap<>();
    for (ObjectName name : world.services()) {
      world
          .service(name)
          .map(translator::translate)
          .ifPresent(translation -> services.put(name, translation));
    }
    services.forEach((name, translation) -> pods.put(name, translation.podNames()));
    this.names = new RouteTable(services.values(), clusterDomain).hostNames();
  }

  /**
   * Returns the Service, or a Pod of it, that a host's name leads to by any of its ports.
   *
   * @param clientNamespace whose Services have bare names; "" for none
   */
  public Optional<HostDestination> called(String host, String clientNamespace) {
    return Optional.ofNullable(names.byAnyPort(host, clientNamespace, this::isPod));
  }

  private boolean isPod(ObjectName service, String hostname) {
    PodNames known = pods.get(service);
    return known != null && known.hostnames().contains(hostname);
  }
}
