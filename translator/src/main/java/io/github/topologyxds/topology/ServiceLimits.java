package io.github.topologyxds.topology;

/**
 * How much of one Service is served. Whoever may create Services and EndpointSlices in one
 * namespace could otherwise make every Envoy of the cluster hold them: 20,000 ports, which an API
 * server takes, made an Envoy of 1.48 GB (measured).
 *
 * @param ports of a Service
 * @param portEndpoints ports x endpoints of a Service: the sum over its ports of the endpoints that
 *     its slices list for them, usable or not
 */
public record ServiceLimits(int ports, int portEndpoints) {
  /** Far above what is in use: a headless Service of 5,000 Pods may have 40 ports. */
  public static final ServiceLimits DEFAULT = new ServiceLimits(1_000, 200_000);
}
