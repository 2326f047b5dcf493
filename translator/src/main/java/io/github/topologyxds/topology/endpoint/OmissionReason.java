package io.github.topologyxds.topology.endpoint;

/**
 * Why an endpoint of a slice, or a whole slice, takes no part for a client. The names are stable:
 * JSON prints them. A new one needs its row in docs/explain.md, with its meaning as written here.
 */
public enum OmissionReason {
  ADDRESS_INVALID("not a literal unicast IP of the slice's family"),
  DUPLICATE("the same ip:port stands in another slice, which is used"),
  NEVER_READY("not ready, and never seen ready"),
  NOT_READY_OMITTED("not ready, and those are left out (not-ready: omit)"),
  TERMINATED("terminating, and serves no more"),
  OTHER_NODE("internalTrafficPolicy Local: on another node"),
  NOT_READY_LOCAL("internalTrafficPolicy Local: on the client's node, but not ready"),
  NOT_READY_FAIR("not ready, and fair shares count ready ones alone (topology-xds.io/balance)"),
  ZONE_EMPTIED("its zone is emptied by a Strict zonal shift"),
  OUT_OF_REACH("further away than topology-xds.io/failover allows"),
  SLICE_FQDN("the slice has addressType FQDN, and others have IPs, or the port is UDP"),
  SLICE_HEADLESS_LABEL("the slice is labelled headless, and the Service is not"),
  SLICE_OF_OTHER_FAMILY("the slice is of the other address family"),
  SLICE_WITHOUT_PORTS("the slice has no ports"),
  PORT_NAME_NOT_IN_SLICE("the slice has no port of this name"),
  PROTOCOL_NOT_IN_SLICE("the slice has this port with another protocol"),
  PORT_INVALID("the slice has this port without a number, or not in 1..65535");

  private final String meaning;

  OmissionReason(String meaning) {
    this.meaning = meaning;
  }

  /** Returns one line that explains the reason to a user. */
  public String meaning() {
    return meaning;
  }
}
