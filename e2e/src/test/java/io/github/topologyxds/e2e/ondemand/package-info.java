/** Sidecars that ask for each Service when something goes there, with real Envoys. */
@NullMarked
package io.github.topologyxds.e2e.ondemand;

import org.jspecify.annotations.NullMarked;
