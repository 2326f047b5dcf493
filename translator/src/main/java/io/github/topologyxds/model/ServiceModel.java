package io.github.topologyxds.model;

import java.util.List;

/**
 * One Service.
 *
 * @param clusterIps literal IPs as written, the primary family's first; empty for a headless
 *     Service
 * @param ipFamilies {@code spec.ipFamilies}, the primary one first; may be empty in files
 * @param sessionAffinity whether {@code spec.sessionAffinity} is ClientIP (not supported: a
 *     finding)
 */
public record ServiceModel(
    ObjectName name,
    ServiceType type,
    List<String> clusterIps,
    List<Family> ipFamilies,
    List<ServicePort> ports,
    ServiceTopology topology,
    boolean sessionAffinity) {
  public ServiceModel {
    clusterIps = List.copyOf(clusterIps);
    ipFamilies = List.copyOf(ipFamilies);
    ports = List.copyOf(ports);
  }

  /**
   * The family that a client gets without asking: ipFamilies[0], else the clusterIP's, else IPv4.
   */
  public Family primaryFamily() {
    if (!ipFamilies.isEmpty()) {
      return ipFamilies.getFirst();
    }
    boolean ipv6 = !clusterIps.isEmpty() && clusterIps.getFirst().indexOf(':') >= 0;
    return ipv6 ? Family.IPV6 : Family.IPV4;
  }
}
