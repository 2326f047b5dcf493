package io.github.topologyxds.cli;

import io.github.topologyxds.model.LabelValue;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.writer.LeaseName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which EndpointSlices are ours. */
final class InstallationFlags {
  private static final String DEFAULT_NAME = "topology-xds";

  @Option(
      names = "--managed-by",
      converter = ManagedBy.class,
      paramLabel = "V",
      description =
          "Value of the label endpointslice.kubernetes.io/managed-by that makes a slice ours"
              + " (default: topology-xds-controller).")
  private @Nullable String managedBy;

  @Option(
      names = "--lease-namespace",
      converter = NamespaceName.class,
      paramLabel = "NS",
      description = "Namespace of the Lease that one writer holds (default: topology-xds).")
  private @Nullable String leaseNamespace;

  @Option(
      names = "--lease-name",
      converter = NamespaceName.class,
      paramLabel = "N",
      description = "Its name; both together are the installation's id (default: topology-xds).")
  private @Nullable String leaseName;

  String managedBy() {
    return Objects.requireNonNullElse(managedBy, PlannerSettings.DEFAULT_MANAGED_BY);
  }

  LeaseName lease() {
    return new LeaseName(
        Objects.requireNonNullElse(leaseNamespace, DEFAULT_NAME),
        Objects.requireNonNullElse(leaseName, DEFAULT_NAME));
  }

  static final class ManagedBy implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!LabelValue.isValid(text)) {
        throw new TypeConversionException(
            "'" + text + "' is no label value (A-Z, a-z, 0-9, -, _, ., at most 63 characters)");
      }
      return text;
    }
  }
}
