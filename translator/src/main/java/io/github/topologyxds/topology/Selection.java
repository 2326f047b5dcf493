package io.github.topologyxds.topology;

import java.util.List;

/**
 * What one client gets of one service port.
 *
 * @param tiers Envoy's priorities 0..N; empty when there is nothing to send traffic to
 */
public record Selection(Decision decision, List<List<Placement>> tiers) {}
