package io.github.topologyxds.cli.values;

import io.github.topologyxds.topology.address.Cidr;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range of addresses, IPv4 or IPv6. */
public final class CidrOption implements ITypeConverter<Cidr> {
  @Override
  public Cidr convert(String text) {
    return Cidr.parse(text.strip())
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + text + "' is no range of addresses (as 10.20.0.0/16 or fd00:1::/64)"));
  }
}
