/**
 * What one client wants and has of one type, and the response that it is due: the rules of the xDS
 * protocol, free of I/O. Owner of everything here: the stream's thread.
 */
@NullMarked
package io.github.topologyxds.subscription;

import org.jspecify.annotations.NullMarked;
