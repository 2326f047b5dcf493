package io.github.topologyxds.cli;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.Cidr;
import io.github.topologyxds.slices.ClusterPlanner;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.kubernetes.PlanDocument;
import io.github.topologyxds.source.SourceException;
import io.github.topologyxds.source.files.PlanningManifests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code topology-xds plan}: which EndpointSlices of ours would be written, without a cluster. */
@Command(
    name = "plan",
    description = {
      "Prints which EndpointSlices topology-xds would create, update and delete, from files alone:"
          + " endpoints for ExternalWorkloads and for mirrored Endpoints, with zone and hints beside"
          + " those of other managers. Nothing is written.",
      "Slices of other managers are read and never part of a plan. Apply a plan, and the next one is"
          + " empty."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds plan -f manifests/",
      "  kubectl get svc,ep,endpointslices,externalworkloads -A -o yaml > all.yaml",
      "  kubectl get nodes -o yaml > nodes.yaml",
      "  topology-xds plan -f all.yaml nodes.yaml --external-workload-cidrs 10.20.0.0/16 -o yaml",
      "",
      "Slices of ours are those with the server's --managed-by, --lease-namespace and --lease-name:",
      "give here what is given there."
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "-f",
      converter = InputPath.class,
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, or folders of *.yaml, *.yml and *.json.")
  private List<Path> paths = List.of();

  @Option(
      names = "--external-workload-cidrs",
      converter = CidrConverter.class,
      split = ",",
      paramLabel = "C",
      description =
          "Where ExternalWorkloads may be, as the server's flag of that name (default here: every"
              + " address; a server allows none).")
  private @Nullable List<Cidr> cidrs;

  @Option(
      names = "--max-endpoints-per-slice",
      converter = SliceFlags.SliceSize.class,
      paramLabel = "N",
      description = "Endpoints in one slice at most, 1 to 1000 (default: 100).")
  private @Nullable Integer maxEndpoints;

  @Mixin private InstallationFlags installation = new InstallationFlags();

  @Option(
      names = "-o",
      converter = TranslateCommand.OutputConverter.class,
      defaultValue = "json",
      paramLabel = "FORMAT",
      description = "json or yaml (default: ${DEFAULT-VALUE}).")
  private TranslateCommand.Output output = TranslateCommand.Output.JSON;

  @Override
  public Integer call() {
    PlanningManifests.Loaded loaded = load();
    AllowedAddresses allowed =
        cidrs == null ? AllowedAddresses.ALL : new AllowedAddresses.Within(cidrs);
    ClusterPlanner planner =
        new ClusterPlanner(
            new PlannerSettings(
                installation.managedBy(),
                installation.lease().installation(),
                Objects.requireNonNullElse(maxEndpoints, PlannerSettings.DEFAULT_MAX_ENDPOINTS),
                allowed));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        new PlanDocument(output.mapper()).write(planner.plan(loaded.world()), loaded.findings()));
    out.flush();
    return 0;
  }

  private PlanningManifests.Loaded load() {
    PlanningManifests.Loaded loaded;
    try {
      loaded = PlanningManifests.load(paths);
    } catch (SourceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    if (loaded.unusable()) {
      Finding first = loaded.findings().getFirst();
      throw new CommandFailure(first.object() + ": " + first.message());
    }
    return loaded;
  }

  static final class CidrConverter implements ITypeConverter<Cidr> {
    @Override
    public Cidr convert(String text) {
      return Cidr.parse(text.strip())
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + text + "' is no range of addresses (as 10.20.0.0/16 or fd00:1::/64)"));
    }
  }
}
