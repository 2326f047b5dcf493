/** From the release before to this one and back, while real Envoys send requests. */
@NullMarked
package io.github.topologyxds.e2e.upgrade;

import org.jspecify.annotations.NullMarked;
