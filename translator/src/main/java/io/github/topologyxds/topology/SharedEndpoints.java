package io.github.topologyxds.topology;

import java.util.Set;
import java.util.function.Supplier;

/**
 * The endpoints that the service ports of the same slices share.
 *
 * @param endpoints put together when first asked for
 * @param anyNodeMatters whether it can make a difference on which node a client is
 * @param readyHostnames of those that are ready, without ""
 */
record SharedEndpoints(
    Supplier<PortEndpoints> endpoints, boolean anyNodeMatters, Set<String> readyHostnames) {}
