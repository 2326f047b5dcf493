package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.explanation.ZoneSource;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.RoutingOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains what a cluster's clients get: the commands, the API and the page ask here. It translates
 * anew what it is asked about, so it belongs on no owner's thread. As thread-safe as the snapshot.
 */
public final class Explainer {
  private final ClusterSnapshot cluster;
  private final RoutingOptions options;

  /** Explains a cluster under a server's settings. */
  public Explainer(ClusterSnapshot cluster, RoutingOptions options) {
    this.cluster = cluster;
    this.options = options;
  }

  /**
   * Returns a client that nobody has seen.
   *
   * @param node "" when unknown
   * @param zone counts where the Node is not known or has none; "" when unknown
   * @param family null: each Service's primary one
   */
  public ExplainedClient client(String node, String zone, @Nullable Family family) {
    return ExplainedClient.of(
        node,
        cluster.nodes().get(node),
        new ExplainedClient.Fallback(zone, ZoneSource.GIVEN),
        family);
  }

  /** Explains all ports of a Service; empty when there is no such Service. */
  public Optional<ServiceExplanation> explain(ObjectName name, ExplainedClient client) {
    return cluster
        .service(name)
        .map(state -> {
          ExplainedService service = ExplainedService.of(state, options);
          List<Explanation> ports =
              service.ports().stream().map(port -> service.explain(port, client)).toList();
          return new ServiceExplanation(name, client, ports, service.findings());
        });
  }
}
