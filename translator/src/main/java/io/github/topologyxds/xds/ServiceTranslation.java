package io.github.topologyxds.xds;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.decision.NearUse;
import io.github.topologyxds.topology.settings.Visibility;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One Service as Envoy resources.
 *
 * @param ports in the order of the Service's ports; empty for a Service that is not served
 * @param routes of those ports that HTTP can reach
 * @param podNames of the Pods that can be called by name now
 * @param visibility whose clients see it
 * @param findings sorted, without repetition
 */
public record ServiceTranslation(
    ObjectName service,
    List<PortTranslation> ports,
    List<ServiceRoute> routes,
    PodNames podNames,
    Visibility visibility,
    List<Finding> findings) {
  public ServiceTranslation {
    ports = List.copyOf(ports);
    routes = List.copyOf(routes);
    findings = List.copyOf(findings);
  }

  /** Returns whether it can make a difference where clients are, all together. */
  public boolean demandMatters() {
    return ports.stream().anyMatch(PortTranslation::demandMatters);
  }

  /** Returns how its ports use the demand; ports with equal endpoints use it in one way. */
  public Set<NearUse> nearUses() {
    return ports.stream()
        .flatMap(PortTranslation::nearUses)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns what its fullest endpoint carries by near routing, in means of all ready ones; empty
   * where no zone is nearer than others, or nobody knows of the demand.
   */
  public OptionalDouble nearRatio() {
    return ports.stream().flatMapToDouble(PortTranslation::nearRatios).max();
  }

  /** Returns the names of the ports' clusters. */
  public Set<String> clusterNames() {
    return ports.stream().map(port -> port.cluster().name()).collect(Collectors.toSet());
  }
}
