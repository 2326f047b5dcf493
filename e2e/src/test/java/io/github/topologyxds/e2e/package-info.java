/** What a user gets, with real Envoys and counted requests. */
@NullMarked
package io.github.topologyxds.e2e;

import org.jspecify.annotations.NullMarked;
