package io.github.topologyxds.explain;

import io.github.topologyxds.explain.ZoneMatrices.ServiceSums;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.List;

/**
 * The expected matrix of zones, asked for again and again, as it is or under changes that have not
 * happened. What has not changed since is not worked out again; of changes that are tried, the last
 * ones are remembered. Any thread.
 */
final class ExpectedZones {
  private final RoutingOptions options;
  private final PerService<ServiceSums> services;
  private final ZoneTotals totals = new ZoneTotals();

  /** On what it depends beside the Services. */
  private record Context(ClientPlaces clients, List<WhatIf> changes) {}

  ExpectedZones(ClusterSnapshot cluster, RoutingOptions options) {
    this.options = options;
    this.services = new PerService<>(cluster);
  }

  /**
   * Returns it.
   *
   * @param changes applied in their order
   * @param ports how many are listed at most, those that cross most
   */
  ZoneMatrix of(ClientPlaces clients, List<WhatIf> changes, int ports) {
    ZoneMatrices matrices = new ZoneMatrices(clients);
    List<ServiceSums> sums =
        services.all(
            new Context(clients, changes),
            state -> matrices.of(ExplainedService.of(WhatIf.applyAll(state, changes), options)));
    ZoneMatrix matrix =
        new ZoneMatrix(
            totals.of(sums).rows(clients.byZone()), ports == 0 ? List.of() : matrices.ports(sums));
    return matrix.withPorts(ports);
  }
}
