package io.github.topologyxds.cli;

import io.github.topologyxds.cli.flags.ClusterDomainFlag;
import io.github.topologyxds.cli.flags.FailOnFlag;
import io.github.topologyxds.cli.flags.NamespaceSelection;
import io.github.topologyxds.cli.flags.ReportFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.flags.WhereFlags;
import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.replicas.ReplicaState;
import io.github.topologyxds.explain.TranslateRequest;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.explain.report.FindingText;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.state.findings.FindingJson;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code topology-xds findings}: what is odd about the objects, the worst first. */
@Command(
    name = "findings",
    description = {
      "Prints what is odd about Services, EndpointSlices, Nodes and the files they stand in, the"
          + " worst first, with the reason codes of docs/routing.md."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds findings -A",
      "  topology-xds findings -f manifests/",
      "  topology-xds findings -f manifests/ -n shop --fail-on warning"
    })
final class FindingsCommand implements Callable<Integer> {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity).reversed().thenComparing(Comparator.naturalOrder());

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private WhereFlags where = new WhereFlags();

  @Mixin private NamespaceSelection selection = new NamespaceSelection();

  @Mixin private RoutingFlags routing = new RoutingFlags();
  @Mixin private ClusterDomainFlag dns = new ClusterDomainFlag();
  @Mixin private FailOnFlag failOn = new FailOnFlag();
  @Mixin private ReportFlags report = new ReportFlags();

  @Override
  public Integer call() {
    Told told = where.answer(this::offline, this::live);
    List<Finding> findings =
        told.findings().stream()
            .distinct()
            .filter(finding -> concerns(finding.object()))
            .sorted(WORST_FIRST)
            .toList();
    report.print(
        report.write(
            detail -> findings.isEmpty() ? "nothing is odd" : FindingText.table(findings),
            mapper -> {
              ObjectNode root = mapper.createObjectNode();
              FindingJson.addTo(root.putArray("findings"), findings);
              ReplicaState.addTo(root, told.replicas());
              return root;
            }));
    return failOn.exitCode(findings.stream().map(Finding::severity).toList());
  }

  /** What is odd, and who was asked. */
  private record Told(List<Finding> findings, List<ReplicaState> replicas) {}

  private Told live(LiveServer server) {
    List<Optional<Finding>> read =
        server.list("findings", Map.of()).stream().map(FindingJson::read).toList();
    long unknown = read.stream().filter(Optional::isEmpty).count();
    if (unknown > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          spec.qualifiedName()
              + ": "
              + unknown
              + " findings have reason codes of another version and are left out; use the server's"
              + " version, or GET /api/v1/findings");
      err.flush();
    }
    return new Told(read.stream().flatMap(Optional::stream).toList(), server.replicas());
  }

  private Told offline() {
    TranslateRequest everything = new TranslateRequest("", "", "", null, null, routing.options());
    return new Told(
        Translation.of(where.load(), everything, dns.domain())
            .map(Translation::findings)
            .orElse(List.of()),
        List.of());
  }

  /** What is in no namespace, such as a Node or a file, concerns all of them. */
  private boolean concerns(ObjectReference object) {
    String namespace = selection.one().orElse("");
    if (namespace.isEmpty() || !(object instanceof ObjectKey(ObjectKind kind, ObjectName name))) {
      return true;
    }
    return kind == ObjectKind.NAMESPACE
        ? name.name().equals(namespace)
        : name.namespace().isEmpty() || name.namespace().equals(namespace);
  }
}
