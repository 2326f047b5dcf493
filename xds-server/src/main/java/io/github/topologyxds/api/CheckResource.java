package io.github.topologyxds.api;

import io.github.topologyxds.explain.Check;
import io.github.topologyxds.explain.CheckReport;
import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.topology.RoutingOptions;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}: does topology aware routing work here, and what would help. */
final class CheckResource implements Resource {
  private final ClusterSnapshot cluster;
  private final RoutingOptions options;
  private final Supplier<List<Finding>> findings;

  CheckResource(ClusterSnapshot cluster, RoutingOptions options, Supplier<List<Finding>> findings) {
    this.cluster = cluster;
    this.options = options;
    this.findings = findings;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    request.mayHave(TextParameter.NAME);
    CheckReport report = new CheckReport(Check.of(cluster, options, findings.get()));
    return TextParameter.add(request, report.json(new JsonMapper()), report::text);
  }
}
