/** A small HTTP/1.1 server on Netty, for the ports that are not xDS. */
@NullMarked
package io.github.topologyxds.http;

import org.jspecify.annotations.NullMarked;
