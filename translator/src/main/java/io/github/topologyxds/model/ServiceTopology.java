package io.github.topologyxds.model;

/**
 * What a Service asks of topology aware routing.
 *
 * @param trafficDistribution {@code spec.trafficDistribution}
 * @param auto whether {@code service.kubernetes.io/topology-aware-hints}, or else {@code
 *     service.kubernetes.io/topology-mode}, is exactly {@code Auto} or {@code auto}
 * @param localOnly {@code spec.internalTrafficPolicy: Local}
 * @param preference the annotation {@code topology-xds.io/preference} as written, "" when absent
 * @param notReady the annotation {@code topology-xds.io/not-ready} as written, "" when absent
 * @param traffic our other annotations
 */
public record ServiceTopology(
    TrafficDistribution trafficDistribution,
    boolean auto,
    boolean localOnly,
    String preference,
    String notReady,
    TrafficAnnotations traffic) {
  public static final ServiceTopology DEFAULT =
      new ServiceTopology(TrafficDistribution.NONE, false, false, "", "");

  /** Asks for nothing by our other annotations. */
  public ServiceTopology(
      TrafficDistribution trafficDistribution,
      boolean auto,
      boolean localOnly,
      String preference,
      String notReady) {
    this(trafficDistribution, auto, localOnly, preference, notReady, TrafficAnnotations.NONE);
  }

  /** Returns the same with other annotations about how traffic is spread. */
  public ServiceTopology with(TrafficAnnotations other) {
    return new ServiceTopology(trafficDistribution, auto, localOnly, preference, notReady, other);
  }
}
