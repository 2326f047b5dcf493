package io.github.topologyxds.model;

/**
 * One endpoint of a slice, on all ports of that slice. Absent strings are "".
 *
 * @param address {@code addresses[0]} as written: the only one that kube-proxy reads, the others
 *     are interchangeable with it; "" when the list is empty
 * @param zone {@code endpoint.zone} as written; the API server does not validate it
 * @param targetUid {@code targetRef.uid}: the identity of the pod behind the address
 */
public record EndpointModel(
    String address,
    String nodeName,
    String zone,
    String hostname,
    String targetUid,
    Hints hints,
    Readiness readiness) {

  /** No Node's name is longer, and no zone is that a Node can have (RFC 1123; label values). */
  private static final int MAX_NAME = 253;

  /** Nodes and zones are few, endpoints many: each name is kept once, and so is a hint. */
  public EndpointModel {
    nodeName = once(nodeName);
    zone = once(zone);
    hints = hints.once();
  }

  private static String once(String name) {
    return name.length() <= MAX_NAME ? name.intern() : name;
  }

  /**
   * Under this key the store remembers that the endpoint was ready: the pod's UID, else its
   * address.
   */
  public String readinessKey() {
    return targetUid.isEmpty() ? address : targetUid;
  }
}
