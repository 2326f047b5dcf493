/**
 * From translated Services to every client: {@link io.github.topologyxds.delivery.ResourceStore}
 * holds the resources, built and serialised once; {@link
 * io.github.topologyxds.delivery.ClientSession} knows what one stream has and what it is due,
 * {@link io.github.topologyxds.delivery.SessionGroup} whom a change concerns; {@code delivery.grpc}
 * carries it over gRPC.
 */
@NullMarked
package io.github.topologyxds.delivery;

import org.jspecify.annotations.NullMarked;
