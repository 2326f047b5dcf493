/** TLS of the xDS port: files in PEM, read again when they are rotated. */
@NullMarked
package io.github.topologyxds.tls;

import org.jspecify.annotations.NullMarked;
