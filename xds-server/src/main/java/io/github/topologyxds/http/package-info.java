/** A small HTTP/1.1 server on Netty, for the ports that are not xDS, and gRPC behind it. */
@NullMarked
package io.github.topologyxds.http;

import org.jspecify.annotations.NullMarked;
