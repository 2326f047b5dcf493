/** The commands about EndpointSlices of our own. */
@NullMarked
package io.github.topologyxds.cli.slices;

import org.jspecify.annotations.NullMarked;
