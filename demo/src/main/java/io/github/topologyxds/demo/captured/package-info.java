/** Connections to a sidecar on demand as the kernel would hand them to it, without root. */
@NullMarked
package io.github.topologyxds.demo.captured;

import org.jspecify.annotations.NullMarked;
