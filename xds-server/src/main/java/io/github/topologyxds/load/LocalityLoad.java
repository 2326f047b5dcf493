package io.github.topologyxds.load;

/**
 * What a client reports of one locality of one cluster since its report before: a claim, nothing of
 * which has been looked into.
 *
 * @param assignment the cluster's EDS name, {@code namespace/service:port} where it is one of ours
 * @param zone of the endpoints; "" when none is told
 * @param priority that these endpoints have at the time of the report
 * @param issued requests sent (TCP: connections)
 * @param errors answers of 5xx, and connections that failed, which are no issued requests
 * @param inProgress requests without an answer yet
 */
public record LocalityLoad(
    String assignment, String zone, int priority, long issued, long errors, long inProgress) {
  /** Returns the same of these endpoints. */
  public LocalityLoad of(String otherAssignment) {
    return new LocalityLoad(otherAssignment, zone, priority, issued, errors, inProgress);
  }
}
