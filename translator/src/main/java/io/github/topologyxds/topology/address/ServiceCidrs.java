package io.github.topologyxds.topology.address;

import io.github.topologyxds.model.Family;
import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where clusterIPs are, by those that there are: what to do where nobody tells the Service CIDRs.
 *
 * <p>The API server takes a Service CIDR of at most 20 host bits ({@code /12}, {@code /108}), and
 * gives out addresses of it. So addresses that share their first 12 (or 108) bits count as of one
 * range, and the smallest network that holds them lies within that range: it grows at most 12 times
 * while Services come. It is never smaller than {@code /24} (or {@code /120}), so that the first
 * few Services change nothing.
 */
public final class ServiceCidrs {
  private static final int MAX_HOST_BITS = 20;
  private static final int FEWEST_HOST_BITS = 8;

  private ServiceCidrs() {}

  /**
   * Returns the ranges that hold these addresses, IPv4 first, sorted.
   *
   * @param clusterIps as {@link IpLiteral#canonical} writes them
   */
  public static List<Cidr> of(Collection<String> clusterIps) {
    Map<Family, SortedMap<BigInteger, Cidr>> ranges = new EnumMap<>(Family.class);
    for (String ip : clusterIps) {
      Family family = Family.of(ip);
      Cidr around = Cidr.around(ip, family, FEWEST_HOST_BITS);
      ranges
          .computeIfAbsent(family, f -> new TreeMap<>())
          .merge(around.widened(MAX_HOST_BITS).prefix(), around, Cidr::span);
    }
    return ranges.values().stream().flatMap(byPrefix -> byPrefix.values().stream()).toList();
  }
}
