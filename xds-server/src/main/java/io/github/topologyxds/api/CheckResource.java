package io.github.topologyxds.api;

import io.github.topologyxds.explain.check.Check;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckReport;
import io.github.topologyxds.explain.check.ClusterCheck;
import io.github.topologyxds.explain.check.WhatIfCheck;
import io.github.topologyxds.explanation.WhatIf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}: does topology aware routing work here, and what would help. */
final class CheckResource implements Resource {
  private final Observed observed;
  private final ClusterCheck cluster;
  private final Clients clients;

  CheckResource(Observed observed, Clients clients) {
    this.observed = observed;
    this.cluster = new ClusterCheck(observed.cluster(), observed.options());
    this.clients = clients;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    request.mayHave(TextParameter.NAME, WhatIfParameter.NAME);
    List<WhatIf> changes = WhatIfParameter.of(request);
    Check check =
        changes.isEmpty()
            ? now()
            : WhatIfCheck.check(observed.cluster(), observed.options(), changes);
    CheckReport report = new CheckReport(check);
    return TextParameter.add(request, report.json(new JsonMapper()), report::text);
  }

  private Check now() {
    List<CheckLine> own = new ArrayList<>(observed.self().get());
    own.addAll(new ClientCheck(clients.all(), Instant.now()).lines());
    return cluster.check(observed.findings().get()).with(own);
  }
}
