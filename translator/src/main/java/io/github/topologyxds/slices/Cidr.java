package io.github.topologyxds.slices;

import com.google.common.net.InetAddresses;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.IpLiteral;
import java.math.BigInteger;
import java.util.Optional;

/** A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}. */
public record Cidr(Family family, BigInteger prefix, int hostBits) {

  /** Returns the range; empty for anything that is not {@code IP/LENGTH}. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    String address = text.substring(0, slash);
    int length = Integer.parseInt(text.substring(slash + 1));
    Family family = address.indexOf(':') < 0 ? Family.IPV4 : Family.IPV6;
    if (length > bits(family) || address.indexOf('%') >= 0) {
      return Optional.empty();
    }
    boolean literal = InetAddresses.isInetAddress(address);
    int hostBits = bits(family) - length;
    return literal
        ? Optional.of(new Cidr(family, value(address).shiftRight(hostBits), hostBits))
        : Optional.empty();
  }

  /**
   * Whether an address lies in the range.
   *
   * @param canonical as {@link IpLiteral#canonical} writes it
   */
  boolean contains(String canonical, Family addressFamily) {
    return addressFamily == family && value(canonical).shiftRight(hostBits).equals(prefix);
  }

  private static BigInteger value(String address) {
    return new BigInteger(1, InetAddresses.forString(address).getAddress());
  }

  private static int bits(Family family) {
    return switch (family) {
      case IPV4 -> 32;
      case IPV6 -> 128;
    };
  }
}
