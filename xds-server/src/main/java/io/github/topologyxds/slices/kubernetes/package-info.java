/** Plans of EndpointSlices as the Kubernetes API and the command line write them. */
@NullMarked
package io.github.topologyxds.slices.kubernetes;

import org.jspecify.annotations.NullMarked;
