/** What the builders of Envoy's resources promise. */
@NullMarked
package io.github.topologyxds.xds;

import org.jspecify.annotations.NullMarked;
