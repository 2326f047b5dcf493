package io.github.topologyxds.model.names;

/** The labels that are read and written, all of them Kubernetes' own. */
public final class LabelNames {
  /** On a Node: its zone. */
  public static final String ZONE = "topology.kubernetes.io/zone";

  /** On a Node: its region. */
  public static final String REGION = "topology.kubernetes.io/region";

  /** On an EndpointSlice: the name of its Service, in the same Namespace. */
  public static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** On an EndpointSlice: who writes it. */
  public static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

  /** On a headless Service's EndpointSlices, which kube-proxy then does not watch. */
  public static final String HEADLESS = "service.kubernetes.io/headless";

  /** On Endpoints: "true" when nobody is to make EndpointSlices of them. */
  public static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";

  /** On a Node of the control plane, with any value. */
  public static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

  /** The label of a control plane's Node before Kubernetes 1.20. */
  public static final String MASTER = "node-role.kubernetes.io/master";

  private LabelNames() {}
}
