package io.github.topologyxds.model;

import java.util.List;

/**
 * A ServiceCIDR: ranges that the API server gives clusterIPs out of (Kubernetes 1.33 and newer).
 *
 * @param cidrs as they are written, such as {@code 10.96.0.0/12}; not each need be a range
 */
public record ServiceCidrModel(String name, List<String> cidrs) {
  /** Makes it unmodifiable. */
  public ServiceCidrModel {
    cidrs = List.copyOf(cidrs);
  }
}
