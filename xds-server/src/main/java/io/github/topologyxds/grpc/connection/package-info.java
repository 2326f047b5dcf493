/**
 * Connections and the event loops that own them: limits on frames, back pressure, admission of
 * large responses, and the watch for clients that take nothing.
 */
@NullMarked
package io.github.topologyxds.grpc.connection;

import org.jspecify.annotations.NullMarked;
