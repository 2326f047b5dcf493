/**
 * What the EndpointSlices of one port hold, what that costs to serve, and why there may be nothing.
 */
@NullMarked
package io.github.topologyxds.topology.ports;

import org.jspecify.annotations.NullMarked;
