/**
 * The single-type discovery services, carried by java-control-plane's {@code V3DiscoveryServer},
 * which only frames messages and hands out nonces. Nothing of the library leaves this package.
 */
@NullMarked
package io.github.topologyxds.grpc.library;

import org.jspecify.annotations.NullMarked;
