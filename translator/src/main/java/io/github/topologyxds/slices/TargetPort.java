package io.github.topologyxds.slices;

/** {@code spec.ports[].targetPort} of a Service. */
public sealed interface TargetPort {
  /** The same number on every workload. */
  record Numbered(int number) implements TargetPort {}

  /** The number of each workload's port of this name; workloads may differ. */
  record Named(String name) implements TargetPort {}
}
