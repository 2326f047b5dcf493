package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import java.util.List;

/**
 * What one client gets of one Service, and why.
 *
 * @param ports those asked for, in the Service's order
 * @param findings about the Service and what belongs to it, sorted
 */
public record ServiceExplanation(
    ObjectName service, ExplainedClient client, List<Explanation> ports, List<Finding> findings) {
  public ServiceExplanation {
    ports = List.copyOf(ports);
    findings = List.copyOf(findings);
  }

  /** Returns whether the client can reach an endpoint of any of these ports. */
  public boolean reachable() {
    return ports.stream().anyMatch(Explanation::reachable);
  }
}
