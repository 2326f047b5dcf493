package io.github.topologyxds.bootstrap;

/** How much of the cluster a sidecar's Envoy holds. */
public enum SidecarShape {
  /** Only the Services that something was sent to; needs the delta variant of xDS. */
  ON_DEMAND,
  /** Every Service, or those that it says it calls. */
  ALL_SERVICES
}
