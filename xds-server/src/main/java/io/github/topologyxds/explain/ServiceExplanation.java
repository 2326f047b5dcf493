package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** Returns the same with one port alone, by name or number; empty when it is not served. */
  public Optional<ServiceExplanation> only(String port) {
    List<Explanation> asked =
        ports.stream()
            .filter(p ->
                p.port().name().equals(port) || String.valueOf(p.port().number()).equals(port))
            .toList();
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(new ServiceExplanation(service, client, asked, findings));
  }

  /** Returns what is wrong with a port that is not served. */
  public String unserved(String port) {
    String known =
        ports.stream()
            .map(p -> (p.port().name() + " " + p.port().number()).strip())
            .collect(Collectors.joining(", "));
    return service + " serves no port '" + port + "' (it serves: " + known + ")";
  }

  /** Returns whether the client can reach an endpoint of any of these ports. */
  public boolean reachable() {
    return ports.stream().anyMatch(Explanation::reachable);
  }
}
