package io.github.topologyxds.xds;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.topology.PortRouting;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The Pods that can be called by name now: those that Kubernetes' DNS publishes, which are the
 * ready ones of a headless Service (and with publishNotReadyAddresses all of them: Kubernetes then
 * calls them ready in the slices).
 *
 * @param service of which they are
 * @param hostnames lower case; none for a Service that is not headless
 */
public record PodNames(ObjectName service, Set<String> hostnames) {
  public PodNames {
    hostnames = Set.copyOf(hostnames);
  }

  static PodNames of(ServiceModel service, Collection<? extends Map<?, PortRouting>> ports) {
    Set<String> hostnames = new HashSet<>();
    if (service.type() == ServiceType.HEADLESS) {
      for (Map<?, PortRouting> byFamily : ports) {
        for (PortRouting port : byFamily.values()) {
          port.readyHostnames().forEach(name -> hostnames.add(name.toLowerCase(Locale.ROOT)));
        }
      }
    }
    return new PodNames(service.name(), hostnames);
  }

  /** Returns whether this endpoint, of a headless Service, can be called by its hostname. */
  static boolean isPublished(UsableEndpoint endpoint) {
    return endpoint.condition() == EndpointCondition.READY && !endpoint.hostname().isEmpty();
  }
}
