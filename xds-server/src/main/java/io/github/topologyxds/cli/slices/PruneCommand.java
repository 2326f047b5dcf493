package io.github.topologyxds.cli.slices;

import io.github.topologyxds.cli.flags.ClusterAccessFlags;
import io.github.topologyxds.cli.flags.InstallationFlags;
import io.github.topologyxds.cli.values.InstallationId;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.InstallationSlices;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slices prune}: takes back what {@code serve --manage-slices} has written. */
@Command(
    name = "prune",
    description = {
      "Deletes the EndpointSlices that an installation has written: those with its managed-by"
          + " label, its id in the annotation topology-xds.io/installation and a Service as owner."
          + " Nothing else is touched. Switch --manage-slices off first; while a server still"
          + " writes, it refuses."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds slices prune --dry-run",
      "  topology-xds slices prune --from infra/topology-xds",
      "  topology-xds slices prune --kubeconfig ~/.kube/config --managed-by shop-controller",
      "",
      "It needs list on endpointslices, get on leases, and delete on endpointslices."
    })
final class PruneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ClusterAccessFlags cluster = new ClusterAccessFlags();

  @Mixin private InstallationFlags installation = new InstallationFlags();

  @Option(
      names = "--from",
      converter = InstallationId.class,
      paramLabel = "NS/NAME",
      description =
          "The installation whose slices they are, as their annotation says (default:"
              + " --lease-namespace/--lease-name).")
  private @Nullable LeaseName from;

  @Option(names = "--dry-run", description = "Only print what would be deleted.")
  private boolean dryRun;

  @Mixin private SliceReport report = new SliceReport();

  @Override
  public Integer call() {
    LeaseName whose = from == null ? installation.lease() : from;
    report.print(
        spec.commandLine().getOut(),
        cluster.use(access -> {
          InstallationSlices slices =
              new InstallationSlices(access.writes(), installation.managedBy(), whose);
          return dryRun ? slices.find() : slices.delete();
        }));
    return 0;
  }
}
