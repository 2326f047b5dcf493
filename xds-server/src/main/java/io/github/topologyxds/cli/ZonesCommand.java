package io.github.topologyxds.cli;

import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.ZoneMatrix;
import io.github.topologyxds.explain.ZoneMatrixJson;
import io.github.topologyxds.explain.ZoneMatrixText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
      "  topology-xds zones -f all.yaml",
      "  topology-xds zones -f all.yaml --what-if down=zone-b",
      "  topology-xds zones -f all.yaml --preference same-zone"
    })
final class ZonesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ManifestFlags manifests = new ManifestFlags();
  @Mixin private WhatIfFlag whatIf = new WhatIfFlag();
  @Mixin private RoutingFlags routing = new RoutingFlags();
  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    OfflineWorld world = new OfflineWorld(manifests.routing());
    ZoneMatrix matrix = new Explainer(world, routing.options()).zones(whatIf.changes());
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        report.write(
            detail -> new ZoneMatrixText(detail).write(matrix, whatIf.changes()),
            mapper -> new ZoneMatrixJson(mapper).write(matrix, whatIf.changes())));
    out.flush();
    return 0;
  }
}
