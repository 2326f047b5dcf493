package io.github.topologyxds.cli.slices;

import io.github.topologyxds.cli.flags.ClusterAccessFlags;
import io.github.topologyxds.cli.flags.InstallationFlags;
import io.github.topologyxds.cli.values.InstallationId;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.InstallationSlices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slices adopt}: the slices of an installation that is no more become another's. */
@Command(
    name = "adopt",
    description = {
      "Makes the EndpointSlices of another installation those of this one, after --lease-namespace"
          + " or --lease-name has changed: only their annotation topology-xds.io/installation is"
          + " written. While a server of the other installation still writes, it refuses."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds slices adopt --from topology-xds/topology-xds --lease-namespace infra --dry-run",
      "  topology-xds slices adopt --from topology-xds/topology-xds --lease-namespace infra",
      "",
      "It needs list on endpointslices, get on leases, and update on endpointslices."
    })
final class AdoptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ClusterAccessFlags cluster = new ClusterAccessFlags();

  @Mixin private InstallationFlags installation = new InstallationFlags();

  @Option(
      names = "--from",
      required = true,
      converter = InstallationId.class,
      paramLabel = "NS/NAME",
      description = "The installation whose slices they are, as their annotation says.")
  private LeaseName from = new LeaseName("", "");

  @Option(names = "--dry-run", description = "Only print what would be adopted.")
  private boolean dryRun;

  @Mixin private SliceReport report = new SliceReport();

  @Override
  public Integer call() {
    if (from.equals(installation.lease())) {
      throw new ParameterException(
          spec.commandLine(),
          "--from "
              + from.installation()
              + " is this installation itself: say which one is to have the slices by"
              + " --lease-namespace and --lease-name");
    }
    report.print(
        spec.commandLine().getOut(),
        cluster.use(access -> {
          InstallationSlices slices =
              new InstallationSlices(access.writes(), installation.managedBy(), from);
          return dryRun ? slices.find() : slices.adopt(installation.lease());
        }));
    return 0;
  }
}
