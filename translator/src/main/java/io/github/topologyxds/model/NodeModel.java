package io.github.topologyxds.model;

/**
 * One Node.
 *
 * @param zone the label {@code topology.kubernetes.io/zone}, "" when absent
 * @param region the label {@code topology.kubernetes.io/region}, "" when absent
 * @param milliCpu {@code status.allocatable.cpu} in thousandths of a CPU, 0 when absent
 */
public record NodeModel(String name, String zone, String region, long milliCpu) {
  /** One that does not tell its CPU. */
  public NodeModel(String name, String zone, String region) {
    this(name, zone, region, 0);
  }
}
