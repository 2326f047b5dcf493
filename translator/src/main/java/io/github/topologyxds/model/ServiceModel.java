package io.github.topologyxds.model;

import java.util.Comparator;
import java.util.List;

/**
 * One Service.
 *
 * @param clusterIps literal IPs as written, the primary family's first; empty for a headless
 *     Service
 * @param ipFamilies {@code spec.ipFamilies}, the primary one first; may be empty in files
 * @param sessionAffinity whether {@code spec.sessionAffinity} is ClientIP (not supported: a
 *     finding)
 * @param created {@code metadata.creationTimestamp} in seconds since 1970, as the API server sets
 *     it; {@link #AGE_UNKNOWN} in most files
 * @param externalName {@code spec.externalName} as written; "" for all other types
 */
public record ServiceModel(
    ObjectName name,
    ServiceType type,
    List<String> clusterIps,
    List<Family> ipFamilies,
    List<ServicePort> ports,
    ServiceTopology topology,
    boolean sessionAffinity,
    long created,
    String externalName) {
  /** Younger than every age: who cannot show it takes nothing from anybody ({@link #BY_AGE}). */
  public static final long AGE_UNKNOWN = Long.MAX_VALUE;

  /** The older first; of equals the name decides. */
  public static final Comparator<ServiceModel> BY_AGE =
      Comparator.comparingLong(ServiceModel::created).thenComparing(ServiceModel::name);

  public ServiceModel {
    clusterIps = List.copyOf(clusterIps);
    ipFamilies = List.copyOf(ipFamilies);
    ports = List.copyOf(ports);
  }

  /** One that stands for no name outside. */
  public ServiceModel(
      ObjectName name,
      ServiceType type,
      List<String> clusterIps,
      List<Family> ipFamilies,
      List<ServicePort> ports,
      ServiceTopology topology,
      boolean sessionAffinity,
      long created) {
    this(name, type, clusterIps, ipFamilies, ports, topology, sessionAffinity, created, "");
  }

  /** Returns the same, asking for something else of topology aware routing. */
  public ServiceModel with(ServiceTopology other) {
    return new ServiceModel(
        name, type, clusterIps, ipFamilies, ports, other, sessionAffinity, created, externalName);
  }

  /**
   * The family that a client gets without asking: ipFamilies[0], else the clusterIP's, else IPv4.
   */
  public Family primaryFamily() {
    if (!ipFamilies.isEmpty()) {
      return ipFamilies.getFirst();
    }
    return clusterIps.isEmpty() ? Family.IPV4 : Family.of(clusterIps.getFirst());
  }
}
