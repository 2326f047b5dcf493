package io.github.topologyxds.topology.address;

import com.google.common.net.InetAddresses;
import io.github.topologyxds.model.Family;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** Reads literal IP addresses as kube-proxy does, and writes them in one canonical way. */
public final class IpLiteral {
  private IpLiteral() {}

  /**
   * Returns the canonical form of a unicast address of this family; empty for anything else. IPv4
   * may have leading zeros, which count as decimal (010.0.0.1 is 10.0.0.1: KEP-3015 and
   * kube-proxy's lenient parser); IPv6 comes out as RFC 5952 says. An IPv4-mapped address belongs
   * to no family.
   */
  public static Optional<String> canonical(String text, Family family) {
    return switch (family) {
      case IPV4 -> ipv4(text);
      case IPV6 -> ipv6(text);
    };
  }

  /** Returns whether {@link #canonical} knows it, of one family or the other. */
  public static boolean isValid(String text) {
    return Arrays.stream(Family.values()).anyMatch(family -> canonical(text, family).isPresent());
  }

  private static Optional<String> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    int[] octets = new int[4];
    for (int i = 0; i < 4; i++) {
      octets[i] = octet(parts[i]);
      if (octets[i] < 0) {
        return Optional.empty();
      }
    }
    boolean unicast = octets[0] < 224 && (octets[0] | octets[1] | octets[2] | octets[3]) != 0;
    return unicast
        ? Optional.of(octets[0] + "." + octets[1] + "." + octets[2] + "." + octets[3])
        : Optional.empty();
  }

  /** Returns 0..255, or -1 for anything else. Leading zeros are read as decimal, up to 3 digits. */
  private static int octet(String part) {
    if (part.isEmpty() || part.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= 255 ? value : -1;
  }

  private static Optional<String> ipv6(String text) {
    // A scope ("%eth0") means something on one host only.
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || !InetAddresses.isInetAddress(text)) {
      return Optional.empty();
    }
    InetAddress address = InetAddresses.forString(text);
    boolean unicast =
        address instanceof Inet6Address
            && !address.isAnyLocalAddress()
            && !address.isMulticastAddress();
    return unicast ? Optional.of(InetAddresses.toAddrString(address)) : Optional.empty();
  }

  /**
   * True for an address that means something on one host or link only, which no Service may have
   * (Kubernetes' ValidateNonSpecialIP, without what is no unicast address anyway).
   *
   * @param canonical as {@link #canonical} writes it
   */
  public static boolean isHostOrLinkLocal(String canonical) {
    InetAddress address = InetAddresses.forString(canonical);
    return address.isLoopbackAddress() || address.isLinkLocalAddress();
  }
}
