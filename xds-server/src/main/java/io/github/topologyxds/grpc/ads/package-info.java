/** The AggregatedDiscoveryService on bytes (docs/decisions/0012). */
@NullMarked
package io.github.topologyxds.grpc.ads;

import org.jspecify.annotations.NullMarked;
