package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.CidrOption;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.topology.address.Cidr;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What EndpointSlices of our own are like: the same for {@code serve} and {@code plan}. */
public final class PlannerFlags {
  @Option(
      names = "--max-endpoints-per-slice",
      converter = SliceSize.class,
      paramLabel = "N",
      description = "Endpoints in one slice at most, 1 to 1000 (default: 100).")
  private @Nullable Integer maxEndpoints;

  @Option(
      names = "--external-workload-cidrs",
      converter = CidrOption.class,
      split = ",",
      paramLabel = "C",
      description =
          "Where ExternalWorkloads may be, comma separated (default: a server allows no address,"
              + " a plan from files every one).")
  private @Nullable List<Cidr> cidrs;

  @ArgGroup(exclusive = false)
  private InstallationFlags installation = new InstallationFlags();

  /** Returns the settings; without ranges the addresses are allowed that the command says. */
  public PlannerSettings settings(AllowedAddresses byDefault) {
    return new PlannerSettings(
        installation.managedBy(),
        lease().installation(),
        Objects.requireNonNullElse(maxEndpoints, PlannerSettings.DEFAULT_MAX_ENDPOINTS),
        cidrs == null ? byDefault : new AllowedAddresses.Within(cidrs));
  }

  /** Returns the Lease that says which replica writes. */
  public LeaseName lease() {
    return installation.lease();
  }

  static final class SliceSize implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int size = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
      if (size < 1 || size > PlannerSettings.MAX_ENDPOINTS) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no number of endpoints (1 to "
                + PlannerSettings.MAX_ENDPOINTS
                + ")");
      }
      return size;
    }
  }
}
