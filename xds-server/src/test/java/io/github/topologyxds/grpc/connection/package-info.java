/** Tests of the xDS contract over a real connection, state-of-the-world and delta. */
@NullMarked
package io.github.topologyxds.grpc.connection;

import org.jspecify.annotations.NullMarked;
