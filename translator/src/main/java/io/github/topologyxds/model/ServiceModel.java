package io.github.topologyxds.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Service.
 *
 * @param clusterIps literal IPs as written, the primary family's first; empty for a headless
 *     Service
 * @param ipFamilies {@code spec.ipFamilies}, the primary one first; may be empty in files
 * @param sessionAffinity whether {@code spec.sessionAffinity} is ClientIP (not supported: a
 *     finding)
 * @param created {@code metadata.creationTimestamp}, which the API server sets, to the second; null
 *     in most files: such a Service counts as younger than all that have one ({@link #BY_AGE})
 */
public record ServiceModel(
    ObjectName name,
    ServiceType type,
    List<String> clusterIps,
    List<Family> ipFamilies,
    List<ServicePort> ports,
    ServiceTopology topology,
    boolean sessionAffinity,
    @Nullable Instant created) {
  /** The older first; one without creationTimestamp is the youngest; of equals the name decides. */
  public static final Comparator<ServiceModel> BY_AGE =
      Comparator.comparing(
              (ServiceModel service) -> Objects.requireNonNullElse(service.created(), Instant.MAX))
          .thenComparing(ServiceModel::name);

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
