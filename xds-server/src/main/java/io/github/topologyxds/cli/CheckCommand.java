package io.github.topologyxds.cli;

import io.github.topologyxds.cli.flags.ClusterDomainFlag;
import io.github.topologyxds.cli.flags.FailOnFlag;
import io.github.topologyxds.cli.flags.ReportFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.flags.ServerNamespaceFlag;
import io.github.topologyxds.cli.flags.WhatIfFlag;
import io.github.topologyxds.cli.flags.WhereFlags;
import io.github.topologyxds.cli.replicas.JoinedCheck;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.replicas.ReplicaState;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.TranslateRequest;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.explain.check.Check;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explain.check.CheckReport;
import io.github.topologyxds.explain.check.ClusterCheck;
import io.github.topologyxds.explain.check.WhatIfCheck;
import io.github.topologyxds.explain.cluster.ApiServerCheck;
import io.github.topologyxds.explain.cluster.ClusterObjects;
import io.github.topologyxds.explain.cluster.Right;
import io.github.topologyxds.explain.cluster.RightsCheck;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.SourceException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code topology-xds check}: does topology aware routing work here, and what would help. */
@Command(
    name = "check",
    description = {
      "Checks what topology aware routing needs and what would become of it: the API server and"
          + " rights, zones and regions of the Nodes, Services by the reason of their decisions,"
          + " hints, zones that near routing would burden, the expected cross-zone share, the"
          + " server's replicas and their clients. Each line has a state, a fact, and what mends it.",
      "From files (-f) what can be told from them; --pre before anything is installed."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds check --pre",
      "  topology-xds check -n infra --fail-on warning",
      "  kubectl get svc,endpointslices,nodes,ns -A -o yaml | topology-xds check -f -",
      "  topology-xds check -f manifests/ --fail-on warning",
      "  topology-xds check --what-if zone-down=zone-b"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private WhereFlags where = new WhereFlags();
  @Mixin private ServerNamespaceFlag namespace = new ServerNamespaceFlag();

  @Option(
      names = "--pre",
      description =
          "Before anything is installed: asks the cluster alone, as the kubeconfig's account. Reads"
              + " Services, EndpointSlices, Nodes and Namespaces, and changes nothing.")
  private boolean pre;

  @Mixin private WhatIfFlag whatIf = new WhatIfFlag();
  @Mixin private RoutingFlags routing = new RoutingFlags();
  @Mixin private ClusterDomainFlag dns = new ClusterDomainFlag();
  @Mixin private FailOnFlag failOn = new FailOnFlag();
  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    return pre
        ? print(where.inCluster(this::beforehand), List.of())
        : where.answer(namespace.hint(), this::offline, this::live);
  }

  private int live(LiveServer server) {
    JoinedCheck joined =
        JoinedCheck.of(server.each("check", whatIf.parameters()), server.replicas());
    if (joined.unknown() > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          spec.qualifiedName()
              + ": "
              + joined.unknown()
              + " lines are of another version and left out; use the server's version, or GET"
              + " /api/v1/check");
      err.flush();
    }
    Check check =
        server.replicas().isEmpty() || !whatIf.changes().isEmpty()
            ? joined.check()
            : joined.check().with(where.inCluster(access -> apiServer(access).ask().lines()));
    return print(check, server.replicas());
  }

  private static ApiServerCheck apiServer(KubernetesAccess access) {
    return new ApiServerCheck(access.writes(), access.server(), Clock.systemUTC());
  }

  private Check beforehand(KubernetesAccess access) throws InterruptedException {
    ApiServerCheck.Told told = apiServer(access).ask();
    if (!told.answered()) {
      return new Check(told.lines(), 0);
    }
    List<CheckLine> lines = new ArrayList<>(told.lines());
    List<Right> needed = new ArrayList<>(Right.toFollow(List.of()));
    needed.add(Right.toTell());
    lines.addAll(new RightsCheck(access.writes(), RightsCheck.Who.ACCOUNT).lines(needed));
    try {
      Check check = of(ClusterObjects.list(access.writes()));
      return whatIf.changes().isEmpty() ? check.with(lines) : check;
    } catch (SourceException e) {
      lines.add(
          new CheckLine(
              Section.KUBERNETES,
              State.ERROR,
              "OBJECTS",
              String.valueOf(e.getMessage()),
              "topology-xds check -f FILES tells the rest from manifests"));
      return new Check(lines, 0);
    }
  }

  private int offline() {
    return print(of(where.load()), List.of());
  }

  private Check of(Manifests.Loaded loaded) {
    if (!whatIf.changes().isEmpty()) {
      return WhatIfCheck.check(new OfflineWorld(loaded), routing.options(), whatIf.changes());
    }
    TranslateRequest everything = new TranslateRequest("", "", "", null, null, routing.options());
    List<Finding> findings =
        Translation.of(loaded, everything, dns.domain())
            .map(Translation::findings)
            .orElse(List.of());
    return new ClusterCheck(new OfflineWorld(loaded), routing.options()).check(findings);
  }

  private int print(Check check, List<ReplicaState> replicas) {
    CheckReport written = new CheckReport(check);
    report.print(
        report.write(
            written::text,
            mapper -> {
              ObjectNode json = written.json(mapper);
              ReplicaState.addTo(json, replicas);
              return json;
            }));
    List<Severity> severities = new ArrayList<>();
    if (check.count(State.ERROR) > 0) {
      severities.add(Severity.ERROR);
    }
    if (check.count(State.WARNING) > 0) {
      severities.add(Severity.WARNING);
    }
    return failOn.exitCode(severities);
  }
}
