package io.github.topologyxds.cli.flags;

import io.github.topologyxds.topology.Cidr;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range of addresses, IPv4 or IPv6. */
final class CidrOption implements ITypeConverter<Cidr> {
  @Override
  public Cidr convert(String text) {
    return Cidr.parse(text.strip())
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + text + "' is no range of addresses (as 10.20.0.0/16 or fd00:1::/64)"));
  }
}
