package io.github.topologyxds.topology.decision;

/**
 * Why traffic goes where it goes, or nowhere: the reason of a {@link Decision}, one for each
 * service port and client. What is odd about an object is a finding and has a {@link
 * io.github.topologyxds.model.finding.Reason}. The names are stable: metrics and the command line
 * print them verbatim, and users write alerts on them. A new one needs its row in docs/routing.md,
 * with its meaning as written here.
 */
public enum DecisionReason {
  HINTS_FOR_NODE("every ready endpoint has node hints and one names the client's node"),
  HINTS_FOR_ZONE("every ready endpoint has zone hints and one names the client's zone"),
  TRAFFIC_DISTRIBUTION("no usable hints: derived from spec.trafficDistribution"),
  SERVICE_PREFERENCE("the Service's annotation topology-xds.io/preference"),
  NAMESPACE_PREFERENCE("the Namespace's annotation topology-xds.io/preference"),
  SERVER_PREFERENCE("the server's flag --preference"),
  ZONE_WEIGHTS("topology-xds.io/zone-weights: zones share by their weights, whoever asks"),
  NO_PREFERENCE("nothing asks for near endpoints: cluster wide"),
  NOT_DERIVED("--no-derive: without usable hints spec.trafficDistribution does nothing"),
  HINTS_INCOMPLETE(
      "hints on some ready endpoints, but neither for zones nor for nodes on all: cluster wide"),
  HINTS_FOR_OTHERS("no hint names the client's node or zone: cluster wide"),
  CLIENT_LOCATION_UNKNOWN("neither the client's node nor its zone is known: cluster wide"),
  CLIENT_NODE_UNKNOWN("internalTrafficPolicy Local, and the client's node is not known"),
  CLIENT_ZONE_UNKNOWN("the client's zone is not known: cluster wide"),
  INTERNAL_TRAFFIC_POLICY_LOCAL("internalTrafficPolicy Local: the client's node only"),
  ONLY_TERMINATING("no endpoint is ready: those that still serve while they terminate"),
  AUTO_WITHOUT_HINTS("topology-mode Auto, but Kubernetes has set no usable hints"),
  NO_NEAR_ENDPOINT("asked for near ones, but none is on the client's node or zone: cluster wide"),

  // Nothing to send to. From NO_SLICE on: why a port has no endpoint whoever asks, in the order in
  // which endpoints are lost on their way to Envoy. Of several slices, the one that got furthest
  // tells the reason, so that the order of the constants matters.
  FAILOVER_RESTRICTED("failover leaves this client none of the endpoints that take requests"),
  ZONE_EMPTIED("a Strict zonal shift leaves this client none of the endpoints that take requests"),
  LOCAL_WITHOUT_ENDPOINT("internalTrafficPolicy Local, and none on the client's node can be used"),
  NO_SLICE("the Service has no EndpointSlice"),
  ONLY_HEADLESS_SLICES("all its EndpointSlices are labelled headless, and the Service is not"),
  ONLY_FQDN_SLICES("all its EndpointSlices have addressType FQDN"),
  NO_SLICE_OF_FAMILY("it has no EndpointSlice of the client's address family"),
  SLICES_EMPTY("its EndpointSlices hold no endpoint: scaled to zero, or its selector matches none"),
  SLICES_WITHOUT_PORTS("its EndpointSlices have endpoints, but no ports"),
  PORT_NAME_NOT_IN_SLICES("its EndpointSlices have ports, but none of this port's name"),
  PROTOCOL_NOT_IN_SLICES("its EndpointSlices have this port's name, with another protocol"),
  PORTS_INVALID("its EndpointSlices have this port without a number, or not in 1..65535"),
  ADDRESSES_INVALID("none of its endpoints has an address that can be used"),
  ALL_TERMINATED("all its endpoints terminate and serve no more"),
  NEVER_READY("no endpoint is ready, and none was seen ready before"),
  NOT_READY_OMITTED("no endpoint is ready, and those that are not are left out (not-ready: omit)"),
  NO_ENDPOINT("no endpoint is ready now, or serves while it terminates"),
  ONLY_OTHER_FAMILY("only the other address family has an endpoint that is ready or still serves"),
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
