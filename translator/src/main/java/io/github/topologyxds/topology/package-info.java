/**
 * The routing policy, pure: which endpoints a client uses, in which order, and why. Data flows
 * {@link io.github.topologyxds.topology.EndpointCollector collect} (what can be used at all) to
 * {@link io.github.topologyxds.topology.ScopeRules decide} (the scope) to {@link
 * io.github.topologyxds.topology.NearnessRanker rank} to {@link
 * io.github.topologyxds.topology.PriorityLadder tiers}. Nothing here knows of Envoy's protos, and
 * nobody logs here: decisions and findings are returned.
 */
@NullMarked
package io.github.topologyxds.topology;

import org.jspecify.annotations.NullMarked;
