/**
 * The only builder of Envoy's protos: what {@link io.github.topologyxds.topology} decided becomes
 * clusters, load assignments, routes and listeners, each valid for Envoy by construction and
 * checked once more before it leaves.
 */
@NullMarked
package io.github.topologyxds.xds;

import org.jspecify.annotations.NullMarked;
