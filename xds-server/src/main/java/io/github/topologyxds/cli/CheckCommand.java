package io.github.topologyxds.cli;

import io.github.topologyxds.explain.Check;
import io.github.topologyxds.explain.CheckLine.State;
import io.github.topologyxds.explain.CheckReport;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.TranslateRequest;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Severity;
import io.github.topologyxds.source.files.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topology-xds check}: does topology aware routing work here, and what would help. */
@Command(
    name = "check",
    description = {
      "Checks from files what topology aware routing needs and what would become of it: zones and"
          + " regions of the Nodes, Services by the reason of their decisions, incomplete hints,"
          + " zones that near routing would burden, and the expected cross-zone share. Each line"
          + " has a state, a fact, and what mends it."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl get svc,endpointslices,nodes,ns -A -o yaml | topology-xds check -f -",
      "  topology-xds check -f manifests/ --fail-on warning"
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private WhereFlags where = new WhereFlags();
  @Mixin private ServerNamespaceFlag namespace = new ServerNamespaceFlag();
  @Mixin private RoutingFlags routing = new RoutingFlags();
  @Mixin private ClusterDomainFlag dns = new ClusterDomainFlag();
  @Mixin private FailOnFlag failOn = new FailOnFlag();
  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    return where.answer(namespace.hint(), this::offline, this::live);
  }

  private int live(LiveServer server) {
    ReportFlags.Answer answer = report.ask(server, "check", Map.of());
    report.print(answer.written());
    return failOn.exitCode(
        severities(
            answer.json().path("errors").asLong(0), answer.json().path("warnings").asLong(0)));
  }

  private int offline() {
    Manifests.Loaded loaded = where.load();
    TranslateRequest everything = new TranslateRequest("", "", "", null, null, routing.options());
    List<Finding> findings =
        Translation.of(loaded, everything, dns.domain())
            .map(Translation::findings)
            .orElse(List.of());
    Check check = Check.of(new OfflineWorld(loaded), routing.options(), findings);
    CheckReport written = new CheckReport(check);
    report.print(report.write(written::text, written::json));
    return failOn.exitCode(severities(check.count(State.ERROR), check.count(State.WARNING)));
  }

  private static List<Severity> severities(long errors, long warnings) {
    List<Severity> severities = new ArrayList<>();
    if (errors > 0) {
      severities.add(Severity.ERROR);
    }
    if (warnings > 0) {
      severities.add(Severity.WARNING);
    }
    return severities;
  }
}
