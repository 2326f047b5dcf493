package io.github.topologyxds.cli;

import io.github.topologyxds.slices.writer.SlicePruner;
import io.github.topologyxds.slices.writer.SlicePruner.Pruned;
import io.github.topologyxds.source.SourceException;
import io.github.topologyxds.source.kubernetes.KubernetesAccess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code topology-xds slices prune}: takes back what {@code serve --manage-slices} has written. */
@Command(
    name = "prune",
    description = {
      "Deletes the EndpointSlices that this installation has written: those with its managed-by"
          + " label and its id in the annotation topology-xds.io/installation. Nothing else is"
          + " touched. Switch --manage-slices off first; while a server still writes, it refuses."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds slices prune --dry-run",
      "  topology-xds slices prune --kubeconfig ~/.kube/config --managed-by shop-controller",
      "",
      "It needs get and list on endpointslices and leases, and delete on endpointslices."
    })
final class PruneCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kubeconfig",
      converter = InputPath.class,
      paramLabel = "F",
      description = "How to reach the cluster (default: KUBECONFIG, ~/.kube/config).")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "C",
      description = "Context of the kubeconfig (default: its current one).")
  private @Nullable String context;

  @Mixin private InstallationFlags installation = new InstallationFlags();

  @Option(names = "--dry-run", description = "Only print what would be deleted.")
  private boolean dryRun;

  @Option(
      names = "-o",
      converter = FormatConverter.class,
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "table or json (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  enum Format {
    TABLE("table"),
    JSON("json");

    private final String label;

    Format(String label) {
      this.label = label;
    }
  }

  @Override
  public Integer call() {
    List<Pruned> pruned;
    try (KubernetesAccess access = KubernetesAccess.open(kubeconfig, context)) {
      SlicePruner pruner =
          new SlicePruner(access.writes(), installation.managedBy(), installation.lease());
      pruned = dryRun ? pruner.find() : pruner.prune();
    } catch (SourceException | SlicePruner.PruneException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TABLE -> table(out, pruned);
      case JSON -> json(out, pruned);
    }
    out.flush();
    long left = pruned.stream().filter(slice -> !slice.trouble().isEmpty()).count();
    if (left > 0) {
      throw new CommandFailure(left + " of " + pruned.size() + " slices could not be deleted");
    }
    return 0;
  }

  private static void table(PrintWriter out, List<Pruned> pruned) {
    String row = "%-20s %-40s %-30s %9s  %s%n";
    out.printf(row, "NAMESPACE", "NAME", "SERVICE", "ENDPOINTS", "RESULT");
    for (Pruned slice : pruned) {
      out.printf(
          row,
          slice.name().namespace(),
          slice.name().name(),
          slice.service(),
          slice.endpoints(),
          slice.result());
    }
  }

  private static void json(PrintWriter out, List<Pruned> pruned) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode slices = root.putArray("slices");
    for (Pruned slice : pruned) {
      slices
          .addObject()
          .put("namespace", slice.name().namespace())
          .put("name", slice.name().name())
          .put("service", slice.service())
          .put("endpoints", slice.endpoints())
          .put("result", slice.result());
    }
    out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
  }

  static final class FormatConverter implements picocli.CommandLine.ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return Choice.of(text, Format.values(), format -> format.label);
    }
  }
}
