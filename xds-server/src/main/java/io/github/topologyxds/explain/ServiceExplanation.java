package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.settings.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one client gets of one Service, and why.
 *
 * @param visibility whose clients see it
 * @param changes that have not happened, under which this is so; usually none
 * @param ports those asked for, in the Service's order
 * @param findings about the Service and what belongs to it, sorted
 */
public record ServiceExplanation(
    ObjectName service,
    ExplainedClient client,
    Visibility visibility,
    List<Change> changes,
    List<ExplainedPort> ports,
    List<Finding> findings) {
  public ServiceExplanation {
    changes = List.copyOf(changes);
    ports = List.copyOf(ports);
    findings = List.copyOf(findings);
  }

  /**
   * A change that has not happened.
   *
   * @param effective whether it changes anything of this Service
   */
  public record Change(WhatIf whatIf, boolean effective) {}

  /** Returns the same about one port alone. */
  public ServiceExplanation only(ExplainedPort port) {
    return new ServiceExplanation(service, client, visibility, changes, List.of(port), findings);
  }

  /** Returns the same about a port of this name or number; empty when it is not served. */
  public Optional<ServiceExplanation> only(String port) {
    return ports.stream()
        .filter(p ->
            p.explanation().port().name().equals(port)
                || String.valueOf(p.explanation().port().number()).equals(port))
        .findFirst()
        .map(this::only);
  }

  /** Returns what is wrong with a port that is not served. */
  public String unserved(String port) {
    String served =
        ports.stream()
            .map(p -> p.explanation().port())
            .map(p -> (p.name() + " " + p.number()).strip())
            .collect(Collectors.joining(", "));
    return service + " serves no port '" + port + "' (it serves: " + served + ")";
  }

  /**
   * Returns whether the client does not see the Service and so gets nothing of it; never where it
   * is not known from which namespace the client looks.
   */
  public boolean isHidden() {
    return client.visibleFrom().filter(namespace -> !visibility.includes(namespace)).isPresent();
  }

  /** Returns whether the client can reach an endpoint of any of these ports. */
  public boolean reachable() {
    return !isHidden() && ports.stream().anyMatch(port -> port.explanation().reachable());
  }
}
