package io.github.topologyxds.cli;

import io.github.topologyxds.slices.writer.LeaseName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An installation's id as its slices show it: {@code NAMESPACE/NAME} of its Lease. */
final class InstallationId implements ITypeConverter<LeaseName> {
  @Override
  public LeaseName convert(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no installation: NAMESPACE/NAME, as the annotation"
              + " topology-xds.io/installation of its slices");
    }
    NamespaceName names = new NamespaceName();
    return new LeaseName(names.convert(parts[0]), names.convert(parts[1]));
  }
}
