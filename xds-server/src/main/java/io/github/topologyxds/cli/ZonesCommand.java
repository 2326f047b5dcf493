package io.github.topologyxds.cli;

import io.github.topologyxds.cli.flags.ReportFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.flags.ServerNamespaceFlag;
import io.github.topologyxds.cli.flags.WhatIfFlag;
import io.github.topologyxds.cli.flags.WhereFlags;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.explain.report.ActingShifts;
import io.github.topologyxds.explain.report.MeasuredZones;
import io.github.topologyxds.explain.report.ZoneMatrixJson;
import io.github.topologyxds.explain.report.ZoneMatrixText;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code topology-xds zones}: how much of the requests is expected to cross zones. */
@Command(
    name = "zones",
    description = {
      "Prints the expected matrix of zones: for clients of each zone the share of their requests"
          + " that goes to endpoints of each zone, in all and by Service port.",
      "Every Node counts as one client, every Service port as one request of each. Service ports"
          + " that nobody can reach are listed and do not count."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds zones",
      "  topology-xds zones -f all.yaml",
      "  topology-xds zones -f all.yaml --what-if down=zone-b",
      "  topology-xds zones -f all.yaml --preference same-zone"
    })
final class ZonesCommand implements Callable<Integer> {
  @Mixin private WhereFlags where = new WhereFlags();
  @Mixin private ServerNamespaceFlag namespace = new ServerNamespaceFlag();
  @Mixin private WhatIfFlag whatIf = new WhatIfFlag();
  @Mixin private RoutingFlags routing = new RoutingFlags();
  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    report.print(where.answer(namespace.hint(), this::offline, this::live));
    return 0;
  }

  private String live(LiveServer server) {
    JsonNode answer = report.ask(server, "zones", whatIf.parameters()).json();
    return report.write(
        detail ->
            answer.path("text").asString("")
                // Of what has not happened nothing was measured.
                + (whatIf.changes().isEmpty()
                    ? "\n" + MeasuredZones.read(answer.path("measured")).text()
                    : ""),
        mapper -> answer);
  }

  private String offline() {
    OfflineWorld world = new OfflineWorld(where.load());
    ZoneMatrix matrix =
        new Explainer(world, routing.options()).zones(whatIf.changes(), Integer.MAX_VALUE);
    ActingShifts shifts = ActingShifts.of(world.shifts(), Instant.now());
    return report.write(
        detail -> new ZoneMatrixText(detail, shifts).write(matrix, whatIf.changes()),
        mapper -> new ZoneMatrixJson(mapper).write(matrix, whatIf.changes(), shifts));
  }
}
