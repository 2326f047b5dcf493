package io.github.topologyxds.model;

/**
 * One Node.
 *
 * @param zone the label {@code topology.kubernetes.io/zone}, "" when absent
 * @param region the label {@code topology.kubernetes.io/region}, "" when absent
 */
public record NodeModel(String name, String zone, String region) {}
