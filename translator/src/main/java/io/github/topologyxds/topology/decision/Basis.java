package io.github.topologyxds.topology.decision;

/** On what a scope rests. */
public enum Basis {
  /** The hints of the endpoints, as kube-proxy reads them. */
  HINTS,
  /** {@code spec.trafficDistribution} and the endpoints' own nodes and zones. */
  DERIVED,
  /** Our annotation on the Service or its Namespace. */
  ANNOTATION,
  /** Nothing special: the server's default, or a rule of the Service's own spec. */
  DEFAULT
}
