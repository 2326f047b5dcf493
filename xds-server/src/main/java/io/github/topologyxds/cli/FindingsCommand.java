package io.github.topologyxds.cli;

import io.github.topologyxds.explain.FindingJson;
import io.github.topologyxds.explain.FindingText;
import io.github.topologyxds.explain.TranslateRequest;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.model.Finding;
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
              FindingJson.addAll(root.putArray("findings"), findings);
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

  /** An object is "Kind namespace/name", "Kind name" or "File path:line". */
  private boolean concerns(String object) {
    String namespace = selection.one().orElse("");
    int space = object.indexOf(' ');
    String name = object.substring(space + 1);
    int slash = name.indexOf('/');
    boolean namespaced = slash > 0 && !object.startsWith("File ");
    return namespace.isEmpty()
        || (namespaced
            ? name.substring(0, slash).equals(namespace)
            : !object.startsWith("Namespace ") || name.equals(namespace));
  }
}
