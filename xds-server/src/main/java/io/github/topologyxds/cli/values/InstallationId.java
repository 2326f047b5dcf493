package io.github.topologyxds.cli.values;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.slices.lease.LeaseName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An installation's id as its slices show it: {@code NAMESPACE/NAME} of its Lease. */
public final class InstallationId implements ITypeConverter<LeaseName> {
  @Override
  public LeaseName convert(String text) {
    ObjectName id =
        ObjectName.parse(text)
            .orElseThrow(() ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no installation: NAMESPACE/NAME, as the annotation "
                        + AnnotationNames.INSTALLATION
                        + " of its slices"));
    NamespaceName names = new NamespaceName();
    return new LeaseName(names.convert(id.namespace()), names.convert(id.name()));
  }
}
