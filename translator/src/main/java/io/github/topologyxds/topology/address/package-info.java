/** Addresses and names as they are written: read strictly, with ranges of Services. */
@NullMarked
package io.github.topologyxds.topology.address;

import org.jspecify.annotations.NullMarked;
