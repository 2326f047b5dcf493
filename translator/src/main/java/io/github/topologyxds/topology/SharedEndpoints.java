package io.github.topologyxds.topology;

import java.util.function.Supplier;

/**
 * The endpoints that the service ports of the same slices share.
 *
 * @param endpoints put together when first asked for
 * @param anyNodeMatters whether it can make a difference on which node a client is
 */
record SharedEndpoints(Supplier<PortEndpoints> endpoints, boolean anyNodeMatters) {}
