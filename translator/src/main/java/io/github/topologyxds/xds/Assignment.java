package io.github.topologyxds.xds;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.topology.Decision;
import java.util.List;
import java.util.Optional;

/**
 * One client's load assignment, and why it is so.
 *
 * @param tiers how many endpoints stand at each priority
 * @param violation what Envoy would refuse; such an assignment must not be sent
 */
public record Assignment(
    ClusterLoadAssignment message,
    Decision decision,
    List<Integer> tiers,
    Optional<String> violation) {}
