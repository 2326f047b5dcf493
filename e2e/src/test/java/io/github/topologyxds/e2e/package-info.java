/** What the product promises, shown with real Envoys and counted requests. */
@NullMarked
package io.github.topologyxds.e2e;

import org.jspecify.annotations.NullMarked;
