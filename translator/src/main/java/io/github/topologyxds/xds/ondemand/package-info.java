/** Listeners of sidecars that get everything on demand, by original destination. */
@NullMarked
package io.github.topologyxds.xds.ondemand;

import org.jspecify.annotations.NullMarked;
