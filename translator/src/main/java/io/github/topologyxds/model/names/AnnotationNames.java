package io.github.topologyxds.model.names;

/**
 * The annotations that are read and written: Kubernetes' own, and ours ({@code topology-xds.io}).
 */
public final class AnnotationNames {
  /** On a Service: "Auto" asks Kubernetes for hints. */
  public static final String TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";

  /** The name of topology-mode before Kubernetes 1.27; it wins by being there. */
  public static final String TOPOLOGY_AWARE_HINTS = "service.kubernetes.io/topology-aware-hints";

  /** On a Service or Namespace: none, same-zone or same-node. */
  public static final String PREFERENCE = "topology-xds.io/preference";

  /** On a Service or Namespace: auto or omit. */
  public static final String NOT_READY = "topology-xds.io/not-ready";

  /** On a Service or Namespace: anywhere, region, zone or none. */
  public static final String FAILOVER = "topology-xds.io/failover";

  /** On a Service or Namespace: such as zone-a=80,zone-b=20. */
  public static final String ZONE_WEIGHTS = "topology-xds.io/zone-weights";

  /** On a Service or Namespace: 1% to 100%. */
  public static final String SPILL_BELOW = "topology-xds.io/spill-below";

  /** On a Service or Namespace: strict or fair. */
  public static final String BALANCE = "topology-xds.io/balance";

  /** On a Service or Namespace: 0% to 100%. */
  public static final String OVERLOAD_THRESHOLD = "topology-xds.io/overload-threshold";

  /** On a Service or Namespace: follow or ignore. */
  public static final String ZONAL_SHIFT = "topology-xds.io/zonal-shift";

  /** On a Service or Namespace: 1s to 168h. */
  public static final String MAX_CONNECTION_AGE = "topology-xds.io/max-connection-age";

  /** On a Service or Namespace: *, . or namespaces. */
  public static final String VISIBLE_TO = "topology-xds.io/visible-to";

  /** On a Service: "true" when its Endpoints are to become EndpointSlices of ours. */
  public static final String MIRROR = "topology-xds.io/mirror";

  /**
   * On an EndpointSlice of ours and its writers' Lease: the installation's id, {@code
   * namespace/name} of the Lease. The label {@link LabelNames#MANAGED_BY} alone may be anybody's.
   */
  public static final String INSTALLATION = "topology-xds.io/installation";

  /** On an EndpointSlice of ours: the leader's term under which it was written last. */
  public static final String LEADER_EPOCH = "topology-xds.io/leader-epoch";

  /** On a Lease of a replica: what its clients tell of the demand. */
  public static final String DEMAND = "topology-xds.io/demand";

  private AnnotationNames() {}
}
