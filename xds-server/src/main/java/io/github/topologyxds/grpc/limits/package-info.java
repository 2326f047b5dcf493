/**
 * What one client may use of the xDS port: connections, streams, frames and unfinished requests.
 */
@NullMarked
package io.github.topologyxds.grpc.limits;

import org.jspecify.annotations.NullMarked;
