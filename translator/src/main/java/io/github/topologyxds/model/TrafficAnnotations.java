package io.github.topologyxds.model;

/**
 * What the annotations of a Service or of a Namespace ask of how traffic is spread, as written; ""
 * when absent.
 *
 * @param failover the annotation {@code topology-xds.io/failover}
 * @param zoneWeights the annotation {@code topology-xds.io/zone-weights}
 * @param spillBelow the annotation {@code topology-xds.io/spill-below}
 */
public record TrafficAnnotations(String failover, String zoneWeights, String spillBelow) {
  /** Nothing is asked for. */
  public static final TrafficAnnotations NONE = new TrafficAnnotations("", "", "");
}
