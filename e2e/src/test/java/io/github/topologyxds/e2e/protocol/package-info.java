/** Real Envoys on the protocol's side: what they accept, what they keep, what they refuse. */
@NullMarked
package io.github.topologyxds.e2e.protocol;

import org.jspecify.annotations.NullMarked;
