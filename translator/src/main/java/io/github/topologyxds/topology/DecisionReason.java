package io.github.topologyxds.topology;

/**
 * Why traffic goes where it goes, or nowhere: the reason of a {@link Decision}, one for each
 * service port and client. What is odd about an object is a finding and has a {@link
 * io.github.topologyxds.model.Reason}. The names are stable: metrics and the command line print
 * them verbatim, and users write alerts on them. A new one needs its row in docs/routing.md, with
 * its meaning as written here.
 */
public enum DecisionReason {
  HINTS_FOR_NODE("every ready endpoint has node hints and one names the client's node"),
  HINTS_FOR_ZONE("every ready endpoint has zone hints and one names the client's zone"),
  TRAFFIC_DISTRIBUTION("no usable hints: derived from spec.trafficDistribution"),
  SERVICE_PREFERENCE("the Service's annotation topology-xds.io/preference"),
  NAMESPACE_PREFERENCE("the Namespace's annotation topology-xds.io/preference"),
  SERVER_PREFERENCE("the server's flag --preference"),
  NO_PREFERENCE("nothing asks for near endpoints: cluster wide"),
  NOT_DERIVED("--no-derive: without usable hints spec.trafficDistribution does nothing"),
  HINTS_INCOMPLETE("a ready endpoint has no hints, so hints are not used: cluster wide"),
  HINTS_FOR_OTHERS("no hint names the client's node or zone: cluster wide"),
  CLIENT_LOCATION_UNKNOWN("neither the client's node nor its zone is known: cluster wide"),
  CLIENT_NODE_UNKNOWN("internalTrafficPolicy Local, and the client's node is not known"),
  CLIENT_ZONE_UNKNOWN("the client's zone is not known: cluster wide"),
  INTERNAL_TRAFFIC_POLICY_LOCAL("internalTrafficPolicy Local: the client's node only"),
  LOCAL_WITHOUT_ENDPOINT("internalTrafficPolicy Local, and no endpoint on the client's node"),
  ONLY_TERMINATING("no endpoint is ready: those that still serve while they terminate"),
  AUTO_WITHOUT_HINTS("topology-mode Auto, but Kubernetes has set no usable hints"),
  NO_ENDPOINT("no endpoint is ready, or serves while it terminates"),
  TRANSLATION_FAILED("a defect of topology-xds, and nothing valid from before: no endpoint");

  private final String meaning;

  DecisionReason(String meaning) {
    this.meaning = meaning;
  }

  /** Returns one line that explains the reason to a user. */
  public String meaning() {
    return meaning;
  }
}
