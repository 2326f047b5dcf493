/** How many requests Services get from each zone, as clients and other replicas tell. */
@NullMarked
package io.github.topologyxds.demand;

import org.jspecify.annotations.NullMarked;
