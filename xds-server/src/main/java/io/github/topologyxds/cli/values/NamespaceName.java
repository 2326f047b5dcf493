package io.github.topologyxds.cli.values;

import io.github.topologyxds.model.names.DnsLabel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a namespace. */
public final class NamespaceName implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (!DnsLabel.isValid(text)) {
      throw new TypeConversionException(
          "'" + text + "' is no namespace (a DNS label: a-z, 0-9, -, at most 63 characters)");
    }
    return text;
  }
}
