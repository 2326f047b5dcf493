package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.NamespaceName;
import io.github.topologyxds.cli.values.PodNamespace;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.ReservedManagers;
import io.github.topologyxds.slices.lease.LeaseName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which EndpointSlices are ours. */
public final class InstallationFlags {
  private static final String DEFAULT_LEASE = "topology-xds";

  @Option(
      names = "--managed-by",
      converter = ManagedBy.class,
      paramLabel = "V",
      description =
          "Value of the label endpointslice.kubernetes.io/managed-by that slices of ours have"
              + " (default: topology-xds-controller); none that others use.")
  private @Nullable String managedBy;

  @Option(
      names = "--lease-namespace",
      converter = NamespaceName.class,
      paramLabel = "NS",
      description =
          "Namespace of the Lease that one writer holds (default: the Pod's own, outside of a Pod"
              + " topology-xds).")
  private @Nullable String leaseNamespace;

  @Option(
      names = "--lease-name",
      converter = NamespaceName.class,
      paramLabel = "N",
      description = "Its name; both together are the installation's id (default: topology-xds).")
  private @Nullable String leaseName;

  /** Returns the value of the slices' managed-by label. */
  public String managedBy() {
    return Objects.requireNonNullElse(managedBy, PlannerSettings.DEFAULT_MANAGED_BY);
  }

  /** Returns the Lease that says which replica writes. */
  public LeaseName lease() {
    return new LeaseName(
        leaseNamespace == null ? PodNamespace.ofThisProcess() : leaseNamespace,
        Objects.requireNonNullElse(leaseName, DEFAULT_LEASE));
  }

  static final class ManagedBy implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!LabelValue.isValid(text)) {
        throw new TypeConversionException(
            "'" + text + "' is no label value (A-Z, a-z, 0-9, -, _, ., at most 63 characters)");
      }
      if (ReservedManagers.contains(text)) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is the name of another manager of EndpointSlices, or ends in k8s.io; take one"
                + " of your own, such as example.com-topology-xds");
      }
      return text;
    }
  }
}
