package io.github.topologyxds.model;

/**
 * What the annotations of a Service or of a Namespace ask of how traffic is spread, as written; ""
 * when absent.
 *
 * @param failover the annotation {@code topology-xds.io/failover}
 * @param zoneWeights the annotation {@code topology-xds.io/zone-weights}
 * @param spillBelow the annotation {@code topology-xds.io/spill-below}
 * @param balance the annotation {@code topology-xds.io/balance}
 * @param overloadThreshold the annotation {@code topology-xds.io/overload-threshold}
 * @param zonalShift the annotation {@code topology-xds.io/zonal-shift}
 * @param maxConnectionAge the annotation {@code topology-xds.io/max-connection-age}
 * @param visibleTo the annotation {@code topology-xds.io/visible-to}
 */
public record TrafficAnnotations(
    String failover,
    String zoneWeights,
    String spillBelow,
    String balance,
    String overloadThreshold,
    String zonalShift,
    String maxConnectionAge,
    String visibleTo) {
  /** Nothing is asked for. */
  public static final TrafficAnnotations NONE =
      new TrafficAnnotations("", "", "", "", "", "", "", "");

  /** Returns the same with another {@code topology-xds.io/failover}. */
  public TrafficAnnotations withFailover(String other) {
    return new TrafficAnnotations(
        other,
        zoneWeights,
        spillBelow,
        balance,
        overloadThreshold,
        zonalShift,
        maxConnectionAge,
        visibleTo);
  }

  /** Returns the same with another {@code topology-xds.io/spill-below}. */
  public TrafficAnnotations withSpillBelow(String other) {
    return new TrafficAnnotations(
        failover,
        zoneWeights,
        other,
        balance,
        overloadThreshold,
        zonalShift,
        maxConnectionAge,
        visibleTo);
  }

  /** Returns the same with another {@code topology-xds.io/balance}. */
  public TrafficAnnotations withBalance(String other) {
    return new TrafficAnnotations(
        failover,
        zoneWeights,
        spillBelow,
        other,
        overloadThreshold,
        zonalShift,
        maxConnectionAge,
        visibleTo);
  }

  /** Returns the same with another {@code topology-xds.io/overload-threshold}. */
  public TrafficAnnotations withOverloadThreshold(String other) {
    return new TrafficAnnotations(
        failover, zoneWeights, spillBelow, balance, other, zonalShift, maxConnectionAge, visibleTo);
  }
}
