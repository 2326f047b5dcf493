package io.github.topologyxds.topology.settings;

/**
 * How much of one Service, and of all Services of one Namespace, is served. Whoever may create
 * Services and EndpointSlices in one namespace could otherwise make every Envoy of the cluster hold
 * them: 20,000 ports, which an API server takes, made an Envoy of 1.48 GB (measured).
 *
 * @param ports of a Service
 * @param portEndpoints ports x endpoints of a Service: the sum over its ports of the endpoints that
 *     its slices list for them, usable or not
 * @param namespace of all Services of a Namespace together
 */
public record ServiceLimits(int ports, int portEndpoints, OfNamespace namespace) {
  /**
   * What the served Services of a Namespace have together.
   *
   * @param ports of all of them
   * @param portEndpoints of all of them
   */
  public record OfNamespace(int ports, int portEndpoints) {}

  /**
   * Far above what is in use: a headless Service of 5,000 Pods may have 40 ports; a Namespace all
   * 10,000 Services that a cluster may have, with four ports and 25 endpoints each.
   */
  public static final ServiceLimits DEFAULT =
      new ServiceLimits(1_000, 200_000, new OfNamespace(40_000, 1_000_000));

  /** The limits of one Service, with the usual limits of a Namespace. */
  public ServiceLimits(int ports, int portEndpoints) {
    this(ports, portEndpoints, DEFAULT.namespace());
  }
}
