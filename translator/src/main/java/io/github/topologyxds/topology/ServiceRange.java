package io.github.topologyxds.topology;

import io.github.topologyxds.model.Family;

/**
 * Where the clusterIPs of Services may be. The API server gives them out of its own ranges; in
 * files anybody may write anything, and a clusterIP becomes everybody's domain.
 */
@FunctionalInterface
public interface ServiceRange {
  /** Wherever the API server allows it. */
  ServiceRange ANY = (canonical, family) -> true;

  /**
   * Returns whether an address lies in it.
   *
   * @param canonical as {@link IpLiteral#canonical} writes it
   */
  boolean contains(String canonical, Family family);
}
