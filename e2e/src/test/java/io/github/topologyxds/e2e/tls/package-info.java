/** Real Envoys that come to the control plane by TLS. */
@NullMarked
package io.github.topologyxds.e2e.tls;

import org.jspecify.annotations.NullMarked;
