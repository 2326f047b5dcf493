package io.github.topologyxds.slices.observed;

/**
 * The part of a Node that hints depend on.
 *
 * @param zone "" when it has no usable zone label
 * @param ready whether its condition Ready is True; a missing condition is not ready
 * @param controlPlane whether it has a label {@code node-role.kubernetes.io/control-plane} or
 *     {@code /master}, of any value
 * @param milliCpu {@code status.allocatable.cpu} in thousandths of a CPU, 0 when absent
 */
public record NodeCapacity(
    String name, String zone, boolean ready, boolean controlPlane, long milliCpu) {}
