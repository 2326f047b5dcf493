package io.github.topologyxds.model;

/** How a Service is reached, as far as routing cares. */
public enum ServiceType {
  /** ClusterIP, NodePort or LoadBalancer: it has cluster IPs. */
  CLUSTER_IP,
  /** {@code clusterIP: None}. */
  HEADLESS,
  /** A DNS alias: it has no endpoints and is not served. */
  EXTERNAL_NAME
}
