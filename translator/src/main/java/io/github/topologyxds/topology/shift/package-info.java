/** Zones that are emptied: what that changes of what all other rules have made. */
@NullMarked
package io.github.topologyxds.topology.shift;

import org.jspecify.annotations.NullMarked;
