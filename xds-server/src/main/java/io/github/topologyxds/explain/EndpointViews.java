package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.xds.IpPort;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the explanations for several clients side by side. */
final class EndpointViews {
  private final SortedMap<String, ExplainedClient> clients;

  /**
   * Takes the clients.
   *
   * @param clients by what their column is called
   */
  EndpointViews(SortedMap<String, ExplainedClient> clients) {
    this.clients = clients;
  }

  EndpointView of(ExplainedService service, PortTranslation port) {
    TreeMap<IpPort, TreeMap<String, ExplainedEndpoint>> endpoints = new TreeMap<>();
    List<Omission> leftOut = new ArrayList<>();
    boolean first = true;
    for (var client : clients.entrySet()) {
      Explanation explanation = service.explain(port, client.getValue());
      for (ExplainedEndpoint endpoint : explanation.endpoints()) {
        endpoints
            .computeIfAbsent(endpoint.address(), address -> new TreeMap<>())
            .put(client.getKey(), endpoint);
      }
      if (first) {
        leftOut.addAll(explanation.leftOut());
      } else {
        leftOut.retainAll(explanation.leftOut());
      }
      first = false;
    }
    return new EndpointView(
        port.cluster().name(),
        List.copyOf(clients.keySet()),
        endpoints.values().stream()
            .map(row -> new EndpointView.Row(row.firstEntry().getValue(), row))
            .toList(),
        leftOut);
  }
}
