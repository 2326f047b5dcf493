package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.topology.decision.DecisionReason;

/**
 * What a reason of a decision means to who looks after the cluster.
 *
 * @param mend "" where nothing needs mending
 */
record ReasonAdvice(State state, String mend) {
  private static final String LOOK = "topology-xds explain SERVICE --zone Z";

  static ReasonAdvice of(DecisionReason reason) {
    return switch (reason) {
      case HINTS_FOR_NODE,
          HINTS_FOR_ZONE,
          TRAFFIC_DISTRIBUTION,
          SERVICE_PREFERENCE,
          ZONE_WEIGHTS,
          NAMESPACE_PREFERENCE,
          SERVER_PREFERENCE,
          INTERNAL_TRAFFIC_POLICY_LOCAL ->
          new ReasonAdvice(State.OK, "");
      case NO_PREFERENCE -> new ReasonAdvice(State.WARNING, "serve --preference same-zone");
      case NOT_DERIVED -> new ReasonAdvice(State.WARNING, "serve without --no-derive");
      case HINTS_INCOMPLETE ->
          new ReasonAdvice(State.WARNING, "whoever writes the slice sets hints on all or on none");
      case AUTO_WITHOUT_HINTS ->
          new ReasonAdvice(
              State.WARNING, "spec.trafficDistribution: PreferSameZone instead of the annotation");
      case HINTS_FOR_OTHERS, NO_NEAR_ENDPOINT, LOCAL_WITHOUT_ENDPOINT ->
          new ReasonAdvice(
              State.WARNING, "spread the Pods: topologySpreadConstraints, or more replicas");
      case CLIENT_LOCATION_UNKNOWN, CLIENT_NODE_UNKNOWN, CLIENT_ZONE_UNKNOWN ->
          new ReasonAdvice(
              State.WARNING, "kubectl label node NODE topology.kubernetes.io/zone=...");
      case FAILOVER_RESTRICTED ->
          new ReasonAdvice(
              State.WARNING,
              "endpoints in every zone of clients, or topology-xds.io/failover: anywhere");
      case ZONE_EMPTIED ->
          new ReasonAdvice(
              State.WARNING, "mode: LastResort of the ZonalShift, or endpoints in another zone");
      case ONLY_TERMINATING, NEVER_READY, NOT_READY_OMITTED, ALL_TERMINATED, NO_ENDPOINT ->
          new ReasonAdvice(State.WARNING, "kubectl get pods: why is none ready?");
      case SLICES_EMPTY -> new ReasonAdvice(State.NOTE, "kubectl scale, if it is meant to run");
      case NO_SLICE,
          ONLY_HEADLESS_SLICES,
          ONLY_FQDN_SLICES,
          NO_SLICE_OF_FAMILY,
          SLICES_WITHOUT_PORTS,
          PORT_NAME_NOT_IN_SLICES,
          PROTOCOL_NOT_IN_SLICES,
          PORTS_INVALID,
          ADDRESSES_INVALID,
          ONLY_OTHER_FAMILY ->
          new ReasonAdvice(State.WARNING, LOOK);
      case TRANSLATION_FAILED -> new ReasonAdvice(State.ERROR, "report it");
    };
  }
}
