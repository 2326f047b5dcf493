/**
 * Carries sessions over gRPC: the aggregated service on bytes, with a stream layer of our own
 * ({@link io.github.topologyxds.delivery.grpc.AdsService}); the single-type services with
 * java-control-plane's {@code V3DiscoveryServer}, which only frames messages and hands out nonces.
 * What is due is decided by {@link io.github.topologyxds.delivery.ClientSession} for both, and
 * nothing of the library leaves this package.
 */
@NullMarked
package io.github.topologyxds.delivery.grpc;

import org.jspecify.annotations.NullMarked;
