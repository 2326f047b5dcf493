package io.github.topologyxds.explain;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.settings.RoutingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for what.
 *
 * @param node the client's Node, "" when unknown
 * @param zone the zone of a client whose Node is not in the files, "" when unknown
 * @param namespace the client's namespace, "" for none
 * @param family null: each Service's primary one
 * @param service null: all Services
 */
public record TranslateRequest(
    String node,
    String zone,
    String namespace,
    @Nullable Family family,
    @Nullable ObjectName service,
    RoutingOptions routing) {}
