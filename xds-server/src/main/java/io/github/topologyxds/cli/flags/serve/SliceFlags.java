package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.cli.flags.PlannerFlags;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.writer.WriterSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How {@code serve} writes EndpointSlices of its own; without the first flag it writes none. */
final class SliceFlags {
  @Option(
      names = "--manage-slices",
      required = true,
      description =
          "Write EndpointSlices for ExternalWorkloads and mirrored Endpoints (docs/slices.md).")
  private boolean manage;

  @ArgGroup(exclusive = false)
  private PlannerFlags planner = new PlannerFlags();

  /** Returns null when slices are not to be written. */
  @Nullable WriterSettings settings() {
    return manage
        ? new WriterSettings(planner.settings(AllowedAddresses.NONE), planner.lease())
        : null;
  }
}
