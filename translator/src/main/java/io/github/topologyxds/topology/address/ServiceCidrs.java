package io.github.topologyxds.topology.address;

import io.github.topologyxds.model.Family;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Where Services are: what somebody tells, else what the cluster's ServiceCIDR objects say, else by
 * the clusterIPs that there are.
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

  /** Ranges that are of one host or link, or of no unicast address: no clusterIP is in there. */
  private static final List<Cidr> OTHERS =
      List.of(
          Cidr.around("0.0.0.0", Family.IPV4, 24),
          Cidr.around("127.0.0.0", Family.IPV4, 24),
          Cidr.around("169.254.0.0", Family.IPV4, 16),
          Cidr.around("224.0.0.0", Family.IPV4, 29),
          Cidr.around("::1", Family.IPV6, 0),
          Cidr.around("fe80::", Family.IPV6, 118),
          Cidr.around("ff00::", Family.IPV6, 120));

  private ServiceCidrs() {}

  /** Returns the range that a text is, if clusterIPs may be in there. */
  public static Optional<Cidr> range(String text) {
    return Cidr.parse(text)
        .filter(range ->
            OTHERS.stream().noneMatch(other -> range.covers(other) || other.covers(range)));
  }

  /**
   * Returns the ranges, of the first of these that names any.
   *
   * @param told {@code --service-cidrs}
   * @param announced what ServiceCIDR objects say
   * @param clusterIps those that there are
   */
  public static List<Cidr> of(
      ServiceRange told, List<Cidr> announced, Supplier<Collection<String>> clusterIps) {
    if (!told.cidrs().isEmpty()) {
      return told.cidrs();
    }
    return announced.isEmpty() ? of(clusterIps.get()) : announced;
  }

  /**
   * Returns ranges that cover what these cover, IPv4 first, sorted, none within another: whatever
   * the order in which they are told, and however many objects say the same.
   *
   * @param ranges as {@link #range} reads them; anything else is passed over
   */
  public static List<Cidr> announced(Collection<String> ranges) {
    List<Cidr> outermost = new ArrayList<>();
    ranges.stream()
        .map(ServiceCidrs::range)
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing(Cidr::family)
                .thenComparing(Comparator.comparingInt(Cidr::hostBits).reversed())
                .thenComparing(Cidr::prefix))
        .filter(range -> outermost.stream().noneMatch(wider -> wider.covers(range)))
        .forEachOrdered(outermost::add);
    outermost.sort(Comparator.comparing(Cidr::family).thenComparing(Cidr::first));
    return List.copyOf(outermost);
  }

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
