package io.github.topologyxds.model;

/**
 * What the annotations of a Service or of a Namespace ask of how traffic is spread, as written; ""
 * when absent.
 *
 * @param failover the annotation {@code topology-xds.io/failover}
 */
public record TrafficAnnotations(String failover) {
  /** Nothing is asked for. */
  public static final TrafficAnnotations NONE = new TrafficAnnotations("");
}
