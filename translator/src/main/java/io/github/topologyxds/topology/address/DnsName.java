package io.github.topologyxds.topology.address;

import io.github.topologyxds.model.names.DnsSubdomain;
import java.util.Locale;
import java.util.Optional;

/** Reads the addresses of FQDN slices and of ExternalName Services. */
public final class DnsName {
  private DnsName() {}

  /**
   * Returns a name in lower case and without a dot at its end; empty for what DNS has no name like,
   * and for what ends in a number: no domain does (RFC 3696), and an IP is no name.
   */
  public static Optional<String> canonical(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    String absolute = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    String last = absolute.substring(absolute.lastIndexOf('.') + 1);
    return DnsSubdomain.isValid(absolute) && !last.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(absolute)
        : Optional.empty();
  }
}
