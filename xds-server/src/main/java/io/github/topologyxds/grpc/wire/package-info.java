/**
 * Discovery messages on the wire: requests are walked where they lie, responses encoded once and
 * shared.
 */
@NullMarked
package io.github.topologyxds.grpc.wire;

import org.jspecify.annotations.NullMarked;
