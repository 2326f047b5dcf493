package io.github.topologyxds.topology.endpoint;

/** An endpoint in a tier, and what Envoy is told of its health. */
public record Placement(UsableEndpoint endpoint, Health health) {}
