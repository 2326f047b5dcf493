package io.github.topologyxds.xds;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;

/**
 * One client's load assignment, and why it is so.
 *
 * @param message not checked yet: {@link XdsResource#of} does that
 * @param tiers how many endpoints stand at each priority
 */
public record Assignment(ClusterLoadAssignment message, Decision decision, List<Integer> tiers) {}
