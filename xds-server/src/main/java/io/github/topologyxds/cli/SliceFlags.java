package io.github.topologyxds.cli;

import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.Cidr;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.writer.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How {@code serve} writes EndpointSlices of its own; without the first flag it writes none. */
final class SliceFlags {
  @Option(
      names = "--manage-slices",
      required = true,
      description =
          "Write EndpointSlices for ExternalWorkloads and mirrored Endpoints (docs/slices.md).")
  private boolean manage;

  @Option(
      names = "--max-endpoints-per-slice",
      converter = SliceSize.class,
      paramLabel = "N",
      description = "Endpoints in one slice at most, 1 to 1000 (default: 100).")
  private @Nullable Integer maxEndpoints;

  @Option(
      names = "--external-workload-cidrs",
      converter = PlanCommand.CidrConverter.class,
      split = ",",
      paramLabel = "C",
      description = "Where ExternalWorkloads may be, comma separated (default: nowhere).")
  private @Nullable List<Cidr> cidrs;

  @ArgGroup(exclusive = false)
  private InstallationFlags installation = new InstallationFlags();

  /** Returns null when slices are not to be written. */
  @Nullable WriterSettings settings() {
    if (!manage) {
      return null;
    }
    LeaseName lease = installation.lease();
    PlannerSettings planner =
        new PlannerSettings(
            installation.managedBy(),
            lease.installation(),
            Objects.requireNonNullElse(maxEndpoints, PlannerSettings.DEFAULT_MAX_ENDPOINTS),
            cidrs == null ? AllowedAddresses.NONE : new AllowedAddresses.Within(cidrs));
    return new WriterSettings(planner, lease);
  }

  static final class SliceSize implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int size = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
      if (size < 1 || size > PlannerSettings.MOST_ENDPOINTS) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no number of endpoints (1 to "
                + PlannerSettings.MOST_ENDPOINTS
                + ")");
      }
      return size;
    }
  }
}
