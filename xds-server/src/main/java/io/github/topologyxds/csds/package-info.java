/**
 * The ClientStatusDiscoveryService: what each client has been sent and has accepted, for tools that
 * speak gRPC.
 */
@NullMarked
package io.github.topologyxds.csds;

import org.jspecify.annotations.NullMarked;
