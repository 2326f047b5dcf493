/** Routes by host name: which hosts lead to which Service and port. */
@NullMarked
package io.github.topologyxds.xds.routes;

import org.jspecify.annotations.NullMarked;
