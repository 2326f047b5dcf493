package io.github.topologyxds.topology.address;

import com.google.common.net.InetAddresses;
import io.github.topologyxds.model.Family;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}.
 *
 * @param prefix the bits that all its addresses begin with
 * @param hostBits how many bits come behind those: 0..32 for IPv4, 0..128 for IPv6
 */
public record Cidr(Family family, BigInteger prefix, int hostBits) {

  /** Returns the range; empty for anything that is not {@code IP/LENGTH}. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    String address = text.substring(0, slash);
    int length = Integer.parseInt(text.substring(slash + 1));
    Family family = Family.of(address);
    if (length > bits(family) || address.indexOf('%') >= 0) {
      return Optional.empty();
    }
    return InetAddresses.isInetAddress(address)
        ? Optional.of(around(address, family, bits(family) - length))
        : Optional.empty();
  }

  /**
   * Returns the range of this size that an address lies in.
   *
   * @param canonical as {@link IpLiteral#canonical} writes it
   */
  public static Cidr around(String canonical, Family family, int hostBits) {
    return new Cidr(family, value(canonical).shiftRight(hostBits), hostBits);
  }

  /**
   * Whether an address lies in the range.
   *
   * @param canonical as {@link IpLiteral#canonical} writes it
   */
  public boolean contains(String canonical, Family addressFamily) {
    return addressFamily == family && value(canonical).shiftRight(hostBits).equals(prefix);
  }

  /** Whether all addresses of another range lie in this one. */
  public boolean covers(Cidr other) {
    return other.family == family
        && other.hostBits <= hostBits
        && other.widened(hostBits).equals(this);
  }

  /** Returns the number that its first address is. */
  BigInteger first() {
    return prefix.shiftLeft(hostBits);
  }

  /** Returns the smallest range that holds this one and another of its family. */
  public Cidr span(Cidr other) {
    int bits = Math.max(hostBits, other.hostBits);
    BigInteger differing = widened(bits).prefix.xor(other.widened(bits).prefix);
    return widened(bits + differing.bitLength());
  }

  /** Returns the range with so many host bits that this one lies in; not fewer than it has. */
  public Cidr widened(int bits) {
    return new Cidr(family, prefix.shiftRight(bits - hostBits), bits);
  }

  /** Returns the range's first address, as {@link IpLiteral#canonical} writes it. */
  public String address() {
    InetAddress address =
        switch (family) {
          case IPV4 -> InetAddresses.fromIPv4BigInteger(first());
          case IPV6 -> InetAddresses.fromIPv6BigInteger(first());
        };
    return InetAddresses.toAddrString(address);
  }

  /** Returns how many bits all its addresses have in common: 0..32 or 0..128. */
  public int length() {
    return bits(family) - hostBits;
  }

  /** Returns it as it is written: {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    return address() + "/" + length();
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
