/** A client of xDS that is no Envoy, for what an Envoy does not show. */
@NullMarked
package io.github.topologyxds.e2e.xds;

import org.jspecify.annotations.NullMarked;
