package io.github.topologyxds.model;

import java.util.List;

/**
 * A ServiceCIDR: ranges that the API server gives clusterIPs out of (Kubernetes 1.33 and newer).
 *
 * @param cidrs as {@code 10.96.0.0/12} and {@code fd00:96::/108}, each of which is a range
 */
public record ServiceCidrModel(String name, List<String> cidrs) {
  /** Makes it unmodifiable. */
  public ServiceCidrModel {
    cidrs = List.copyOf(cidrs);
  }
}
