package io.github.topologyxds.topology.address;

import io.github.topologyxds.model.Family;
import java.util.List;

/**
 * Where the clusterIPs of Services may be. The API server gives them out of its own ranges; in
 * files anybody may write anything, and a clusterIP becomes everybody's domain.
 *
 * @param cidrs the ranges; none: wherever the API server allows it
 */
public record ServiceRange(List<Cidr> cidrs) {
  /** Wherever the API server allows it. */
  public static final ServiceRange ANY = new ServiceRange(List.of());

  /** Makes it unmodifiable. */
  public ServiceRange {
    cidrs = List.copyOf(cidrs);
  }

  /**
   * Returns whether an address lies in it.
   *
   * @param canonical as {@link IpLiteral#canonical} writes it
   */
  public boolean contains(String canonical, Family family) {
    return cidrs.isEmpty() || cidrs.stream().anyMatch(cidr -> cidr.contains(canonical, family));
  }
}
