/** Endpoints that are names, resolved by real Envoys. */
@NullMarked
package io.github.topologyxds.e2e.dns;

import org.jspecify.annotations.NullMarked;
