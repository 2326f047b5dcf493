/**
 * Carries sessions over gRPC with java-control-plane's {@code V3DiscoveryServer}. The library only
 * frames messages and hands out nonces: what is due is decided by {@link
 * io.github.topologyxds.delivery.ClientSession}, and nothing of the library leaves this package, so
 * that another stream layer can take its place.
 */
@NullMarked
package io.github.topologyxds.delivery.grpc;

import org.jspecify.annotations.NullMarked;
